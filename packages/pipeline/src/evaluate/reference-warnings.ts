// Whether what everything is held against does itself what the labels say: if not, data and model do not go together.
import type { Diagnostic, Engine } from '@wherry/graph';
import { floatWarning, requireNameOrder } from '../accuracy/float-plausibility.js';
import { inputTrial } from '../accuracy/input-trials.js';
import type { OutputComparison } from '../accuracy/output-comparison.js';
import type { DatasetReport, GraphData } from '../inputs/datasets.js';
import type { EvaluateRequest } from './evaluate-model.js';
import type { PairedEnds } from './pair-ends.js';
import type { ReadEvaluated } from './read-evaluated.js';

interface Reference {
  readonly data: GraphData;
  readonly report: DatasetReport;
  readonly reference: ReadEvaluated;
  /** Undefined where it is the model that is evaluated itself. */
  readonly ends: PairedEnds | undefined;
  readonly compared: readonly OutputComparison[];
}

/** Throws LABELS_ORDER. */
export async function referenceWarnings(
  { labels }: Pick<EvaluateRequest, 'labels'>,
  engine: Engine,
  { data, report, reference, ends, compared }: Reference,
): Promise<Diagnostic[]> {
  const own = data.dataset.labels;
  const { inputs } = report.lint;
  const samples = () => data.dataset.samples();
  const trial =
    isInOrder(ends) && compared.length === reference.real.outputs.length
      ? await inputTrial({
          float: reference.real,
          engine,
          tasks: data.tasks.tasks,
          accuracy: compared,
          inputs,
          preprocessing: data.dataset.preprocessing,
          count: data.dataset.count,
          samples,
        })
      : undefined;
  const context = {
    names: labels ?? own,
    namesGiven: labels !== undefined && own !== undefined,
    inputs,
    trial,
    alone: true,
  };
  requireNameOrder(compared, context);
  return compared.flatMap((output) => {
    const warning = floatWarning(output, context);
    return warning === undefined ? [] : [{ ...warning, where: `${warning.where} of ${reference.report.called}` }];
  });
}

/** Tasks and outputs stand at the same positions in both. */
function isInOrder(ends: PairedEnds | undefined): boolean {
  return (
    ends === undefined || [ends.inputs, ends.outputs].every((each) => each.every((at, position) => at === position))
  );
}
