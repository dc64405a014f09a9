// What is to be said of a model that was given quantized, by what it makes of the data: warnings, and the names of its classes.
import { diagnose, type Diagnostic, type Engine, type Graph } from '@wherry/graph';
import { pipelineDiagnostics } from '../diagnostics.js';
import { dataWarnings } from '../inputs/data-warnings.js';
import { confirmedNames, type Judged } from './judge.js';
import { floatWarning, requireNameOrder } from './float-plausibility.js';
import { reachWarnings } from './input-reach.js';
import { inputTrial } from './input-trials.js';
import type { MeasuredAlone } from './measure-alone.js';
import { notFiniteWarnings } from './not-finite.js';
import { ownAccuracy, type OwnAccuracy } from './own-accuracy.js';

export interface JudgedAlone extends Omit<Judged, 'refusal'> {
  readonly ownAccuracy: readonly OwnAccuracy[] | undefined;
}

/** Throws LABELS_ORDER. */
export async function judgeAlone(
  graph: Graph,
  engine: Engine,
  labels: readonly string[] | undefined,
  measured: MeasuredAlone | undefined,
): Promise<JudgedAlone> {
  if (measured === undefined)
    return { warnings: [notMeasured('no data was given')], classNames: labels, ownAccuracy: undefined };
  const { real, data, seen, compared } = measured;
  const own = data.dataset.labels;
  const { inputs } = seen.report.lint;
  const trial = await inputTrial({
    float: real,
    engine,
    tasks: data.tasks.tasks,
    accuracy: compared,
    inputs,
    preprocessing: data.dataset.preprocessing,
    count: data.dataset.count,
    samples: () => data.dataset.samples(),
  });
  const context = {
    names: labels ?? own,
    namesGiven: labels !== undefined && own !== undefined,
    inputs,
    trial,
    alone: true,
  };
  requireNameOrder(compared, context);
  const judged = { data, report: seen.report };
  const right = compared.flatMap((output) => ownAccuracy(output) ?? []);
  const notFinite = notFiniteWarnings(compared, { float: 'the model', quantized: undefined });
  return {
    warnings: [
      ...dataWarnings(judged, judged),
      ...reachWarnings(graph, seen.report),
      ...notFinite,
      ...compared.flatMap((output) => floatWarning(output, context) ?? []),
      ...(right.length === 0 && notFinite.length === 0
        ? [notMeasured('the samples have no labels that go with its outputs')]
        : []),
    ],
    classNames: labels ?? confirmedNames(own, compared[0]),
    ownAccuracy: right.length === 0 ? undefined : right,
  };
}

function notMeasured(why: string): Diagnostic {
  return diagnose(pipelineDiagnostics.ACCURACY_NOT_MEASURED, {
    what: `the model was quantized before it was given, so that there is no float model to compare it with, and ${why}`,
    next: 'give labelled samples with --evaluation [FORMAT:]PATH',
  });
}
