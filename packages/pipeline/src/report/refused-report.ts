// The report of a run that was refused: everything that was known by then, why nothing was written, and what would fit.
import type { Diagnostic, ExitCode, WherryError } from '@wherry/graph';
import type { DeployRun } from '../deployment.js';
import type { Remedy } from '../remedies/remedies.js';
import { accuracyReport, knownReport, quantizationReport, type KnownReport, type KnownRun } from './report.js';

/** As `Report`, in so far as it is known. `files` is empty: nothing was written. */
export interface RefusedReport extends KnownReport {
  readonly ok: false;
  readonly exitCode: ExitCode;
  readonly error: Diagnostic;
  readonly written: false;
  /**
   * The shapes of the layers alone told it: sizes are the least there can be, scales are not known. `arenaCertain`: the plan
   * of the arena is the one that would be made.
   */
  readonly foreseen: { readonly arenaCertain: boolean } | null;
  /** Empty where nothing that was tried fits, or where memory is not the fault. */
  readonly remedies: readonly Remedy[];
}

export type QuantizedRun = KnownRun & Pick<DeployRun, 'engineName' | 'calibration' | 'quantized'>;
export type MeasuredRun = Pick<
  DeployRun,
  'evaluation' | 'accuracy' | 'layerErrors' | 'evidence' | 'dataQuality' | 'limits' | 'attribution'
>;

interface Ending {
  readonly refusal: WherryError;
  readonly remedies: readonly Remedy[];
  readonly bound?: { readonly certain: boolean };
  readonly quantized?: Pick<QuantizedRun, 'engineName' | 'calibration' | 'quantized'>;
  readonly measured?: MeasuredRun | undefined;
}

export function refusedReport(
  run: KnownRun & Pick<DeployRun, 'warnings'>,
  { refusal, remedies, bound, quantized, measured }: Ending,
): RefusedReport {
  return {
    schemaVersion: 1,
    ok: false,
    exitCode: refusal.definition.exitCode,
    error: refusal.diagnostic,
    written: false,
    foreseen: bound === undefined ? null : { arenaCertain: bound.certain },
    remedies,
    ...knownReport(run),
    // What a model has that was quantized already is known from the start.
    ...(run.quantized.plan === null
      ? { quantization: quantizationReport({ ...run.quantized, selection: null, mix: null }) }
      : {}),
    ...(quantized === undefined
      ? {}
      : {
          engine: quantized.engineName,
          calibration: quantized.calibration ?? null,
          quantization: quantizationReport(quantized.quantized),
        }),
    ...(measured === undefined
      ? {}
      : {
          evaluation: measured.evaluation ?? null,
          accuracy: accuracyReport(measured.accuracy),
          dataQuality: measured.dataQuality ?? null,
          limits: measured.limits ?? [],
          attribution: measured.attribution ?? null,
        }),
    warnings: run.warnings,
    files: [],
  };
}
