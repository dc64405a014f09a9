// Turns what is known of a run that cannot be let through into its verdict: the refusal, and the report of all that was found.
import { graphCost, type Graph, type WherryError } from '@wherry/graph';
import type { ProfileLibrary } from '@wherry/profiles';
import type { SelectOptions } from '@wherry/quantizer';
import type { DeployRequest, DeployRun, Verdict } from './deployment.js';
import { fits, misfit } from './fit.js';
import type { Aim, Foreseen } from './foresee.js';
import type { ReadModel } from './read-model.js';
import type { OtherRuntime } from './remedies/other-runtimes.js';
import { remediesOf } from './remedies/remedies.js';
import { refusedReport, type MeasuredRun } from './report/refused-report.js';
import type { SchemeTrial } from './schemes/scheme-trial.js';
import type { SchemePlace } from './schemes/wanted-schemes.js';

/** What a run was asked for, and the model that it read. */
export interface Asked extends ReadModel, Aim {
  readonly request: DeployRequest;
  readonly library: ProfileLibrary;
  /** The same device with another one. */
  readonly runtimes: readonly OtherRuntime[];
}

/** The same for one scheme. */
export interface AskedInScheme extends Asked {
  readonly place: SchemePlace;
  readonly options: SelectOptions;
}

/** A quantized model with its sizes. */
export interface Sized
  extends AskedInScheme, Pick<DeployRun, 'engineName' | 'calibration' | 'quantized' | 'memory' | 'fit' | 'cost'> {}

/** MODEL_DOES_NOT_FIT by the shapes alone. */
export function misfitForeseen(asked: AskedInScheme, { least, most }: Foreseen): WherryError {
  const remedies = remediesOf(asked, most());
  return misfit(
    asked.target,
    asked.place,
    least,
    remedies.map(({ what }) => what),
    { least: true },
  );
}

/** No scale in the report is true, so there is none. */
export function refuseForeseen(
  asked: AskedInScheme,
  { adapted, steps, memory, least, most, certain }: Foreseen,
  refusal: WherryError,
  schemes: readonly SchemeTrial[],
): Verdict {
  const quantized = { ...adapted, graph: withoutNumbers(adapted.graph), plan: { ...adapted.plan, written: new Map() } };
  const run = {
    ...asked,
    schemes,
    steps: [...asked.steps, ...steps],
    quantized,
    memory,
    fit: least,
    cost: graphCost(adapted.graph),
    warnings: asked.importWarnings,
  };
  const remedies = remediesOf(asked, most());
  const report = refusedReport(run, { refusal, remedies, bound: { certain } });
  return { refused: { refusal, report, shown: { graph: quantized.graph, memory } } };
}

/** The refusal of a quantized model by its sizes, with what would help. */
export function misfitOf(run: Sized): WherryError {
  return misfit(
    run.target,
    run.place,
    run.fit,
    remediesOf(run, run.fit).map(({ what }) => what),
    { least: false },
  );
}

/** A run that went as far as a quantized model; with what was `measured`. */
export function refuse(
  run: Sized,
  refusal: WherryError,
  schemes: readonly SchemeTrial[],
  measured?: MeasuredRun & Pick<DeployRun, 'warnings' | 'classNames'>,
): Verdict {
  const remedies = fits(run.fit) ? [] : remediesOf(run, run.fit);
  const { warnings = run.importWarnings, layerErrors } = measured ?? {};
  const whole = { ...run, schemes, warnings, layerErrors };
  const report = refusedReport(whole, { refusal, remedies, quantized: run, measured });
  const { graph } = run.quantized;
  const shown = { graph, memory: run.memory, evidence: measured?.evidence, classNames: measured?.classNames };
  return { refused: { refusal, report, shown, quantized: graph } };
}

function withoutNumbers(graph: Graph): Graph {
  return { ...graph, tensors: graph.tensors.map(({ quantization: _, ...tensor }) => tensor) };
}
