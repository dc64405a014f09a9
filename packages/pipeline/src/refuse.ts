// Turns what is known of a run that cannot be let through into its verdict: the refusal, and the report of all that was found.
import { graphCost, type Graph, type WherryError } from '@wherry/graph';
import type { ProfileLibrary } from '@wherry/profiles';
import type { SelectOptions } from '@wherry/quantizer';
import type { DeployRequest, DeployRun, Verdict } from './deployment.js';
import { fits, misfit } from './fit.js';
import type { Foreseen } from './foresee.js';
import type { ReadModel } from './read-model.js';
import { remediesOf } from './remedies/remedies.js';
import { refusedReport, type MeasuredRun } from './report/refused-report.js';

/** What a run was asked for, and the model that it read. */
export interface Asked extends ReadModel {
  readonly request: DeployRequest;
  readonly library: ProfileLibrary;
  readonly target: DeployRun['target'];
  readonly options: SelectOptions;
  readonly toolVersion: string;
}

/** A quantized model with its sizes. */
export interface Sized
  extends Asked, Pick<DeployRun, 'engineName' | 'calibration' | 'quantized' | 'memory' | 'fit' | 'cost'> {}

/** MODEL_DOES_NOT_FIT by the shapes alone: no scale in the report is true, so there is none. */
export function refuseForeseen(asked: Asked, { form, steps, memory, least, most, certain }: Foreseen): Verdict {
  const remedies = remediesOf(asked, most());
  const refusal = misfit(
    asked.target,
    least,
    remedies.map(({ what }) => what),
    { least: true },
  );
  const quantized = { ...form, graph: withoutNumbers(form.graph), plan: { ...form.plan, written: new Map() } };
  const run = {
    ...asked,
    steps: [...asked.steps, ...steps],
    quantized,
    memory,
    fit: least,
    cost: graphCost(form.graph),
    warnings: asked.importWarnings,
  };
  return { refused: { refusal, report: refusedReport(run, { refusal, remedies, bound: { certain } }) } };
}

/** MODEL_DOES_NOT_FIT by the sizes of the quantized model; or, with what was `measured`, its refusal. */
export function refuse(
  run: Sized,
  judged?: MeasuredRun & Pick<DeployRun, 'warnings'> & { readonly refusal: WherryError },
): Verdict {
  const remedies = fits(run.fit) ? [] : remediesOf(run, run.fit);
  const refusal =
    judged?.refusal ??
    misfit(
      run.target,
      run.fit,
      remedies.map(({ what }) => what),
      { least: false },
    );
  const whole = { ...run, warnings: judged?.warnings ?? run.importWarnings };
  return {
    refused: { refusal, report: refusedReport(whole, { refusal, remedies, quantized: run, measured: judged }) },
  };
}

function withoutNumbers(graph: Graph): Graph {
  return { ...graph, tensors: graph.tensors.map(({ quantization: _, ...tensor }) => tensor) };
}
