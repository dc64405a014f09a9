// What measuring a model on a device comes to, as a document for programs. `docs/schema/measurement.schema.json` describes it.
import type { Diagnostic, ExitCode } from '@wherry/graph';
import type { OutputFigures } from './output-figures.js';
import type { DifferingTensor } from './differences.js';
import type { OverwrittenOutput } from './overwritten-outputs.js';

/** Of what a device does not tell of itself. */
export const notSaid = 'unknown';

export interface MeasuredLayer {
  readonly layer: string;
  readonly operator: string;
  readonly macs: number;
  /** In the unit of `cost`; null where there was more than the device counts, or nothing was timed. */
  readonly cost: number | null;
  readonly share: number | null;
  /** Null where the layer multiplies nothing. */
  readonly perMac: number | null;
  /** With plain kernels; null where those were not measured. */
  readonly plainCost: number | null;
}

/** The same model on the same board with plain kernels in place of those for its core. */
export interface PlainKernels {
  readonly verdict: ParityVerdict;
  readonly differing: readonly DifferingTensor[];
  readonly faulty: readonly DifferingTensor[];
  readonly cost: MeasurementCost | null;
  /** Layers that one set computes otherwise by itself, and the other does not. */
  readonly disagreeing: readonly { readonly kernels: 'optimized' | 'plain'; readonly tensor: DifferingTensor }[];
}

/** `close`: real numbers are off by no more than rounding, integers by nothing. */
export type ParityVerdict = 'identical' | 'close' | 'different';

/** Of a result that is wrong where `parity` is `different`. */
export interface MeasurementCost {
  /** Executed instructions are no time: what a chip takes for them depends on its memory and its pipeline. */
  readonly unit: 'instructions' | 'ms';
  /** Of one inference: the median of the windows, the least and the most. */
  readonly inference: number;
  readonly least: number;
  readonly most: number;
  /** The median of how far the windows are from their median. */
  readonly mad: number;
  readonly windows: number;
  /** In all windows. */
  readonly inferences: number;
  /** The rate of the device's clock that was measured, as a fraction of the stated one; null of a counter of instructions. */
  readonly clockRate: number | null;
  /** How exact that rate is, as a fraction of it. */
  readonly clockUncertainty: number | null;
  readonly macs: number;
}

/** Stable: fields are added, never renamed or given another meaning, within a `schemaVersion`. No time of day, no path. */
export interface Measurement extends MeasuredFindings {
  readonly schemaVersion: 1;
  /** As in every document of the tool: false where the command ends as a failure, which the two that follow tell. */
  readonly ok: boolean;
  readonly exitCode?: ExitCode;
  readonly error?: Diagnostic;
}

/** All that was found; `withOutcome` says what it comes to. */
export interface MeasuredFindings {
  readonly tool: { readonly name: 'wherry'; readonly version: string };
  readonly model: { readonly file: string; readonly sha256: string };
  readonly profile: string;
  /** Another model that outputs were held against; null where there was none. */
  readonly against: { readonly file: string; readonly sha256: string; readonly numbers: string } | null;
  readonly device: {
    /** The board that was emulated in place of the device; null where it was the device itself. */
    readonly emulated: string | null;
    /** Nothing was asked now: it is what a trace tells of a device, or of a board that was emulated. */
    readonly recorded: boolean;
    readonly chip: string;
    readonly firmware: string;
    readonly runtime: string;
    readonly runtimeCommit: string;
    /** Of a firmware that was built here: for its core, or plain C; null where nobody says. */
    readonly kernels: 'optimized' | 'plain' | null;
  };
  readonly parity: {
    readonly verdict: ParityVerdict;
    readonly inputs: number;
    readonly inputsSaid: string;
    /** Tensors of each input that were compared. */
    readonly tensors: number;
    readonly differing: readonly DifferingTensor[];
    /** Layers that compute something else by themselves, on what the device gave them. */
    readonly faulty: readonly DifferingTensor[];
    /** Tensors of real numbers that are the same but for rounding. */
    readonly close: number;
    /** Outputs that are not what their layer wrote any more, once the inference is over. */
    readonly overwritten: readonly OverwrittenOutput[];
    /** Of the first output alone, as the device prints it: to a thousandth. */
    readonly printed: boolean;
    /** Of the device's outputs against the integer reference. */
    readonly outputs: readonly OutputFigures[];
    /** Of the device's outputs against those of the other model, for each that both have; null where there is none. */
    readonly against: readonly OutputFigures[] | null;
  };
  /** Null where nothing was timed. */
  readonly cost: MeasurementCost | null;
  /** Null where they were not asked for. */
  readonly plain: PlainKernels | null;
  /** Empty of a device that knows no layers. */
  readonly layers: readonly MeasuredLayer[];
  /** Bytes; null: the device does not know, or nothing was foretold. */
  readonly memory: {
    readonly arenaForetold: number | null;
    readonly arenaBytes: number | null;
    readonly arenaUsed: number | null;
    readonly stackBytes: number | null;
    readonly stackUsed: number | null;
    readonly heapBytes: number | null;
    readonly heapUsed: number | null;
    /** The model's code and constants, where they were built here. */
    readonly modelFlash: number | null;
  };
  readonly warnings: readonly Diagnostic[];
}
