// What an evaluation comes to: one model by itself, or two sets of outputs on the same samples, in the figures of the report.
import type { Diagnostic } from '@wherry/graph';
import type { ModelSource } from '@wherry/importers';
import type { OwnAccuracy } from '../accuracy/own-accuracy.js';
import type { DatasetReport } from '../inputs/datasets.js';
import type { Report } from '../report/report.js';

/** Stable, as the report: fields are added, never renamed or given another meaning, within a `schemaVersion`. */
export interface Evaluation {
  readonly schemaVersion: 1;
  readonly ok: true;
  readonly tool: Report['tool'];
  readonly model: EvaluatedModel;
  /** What it is held against; null where there is no other. */
  readonly against: EvaluatedModel | null;
  /** Outputs that were recorded elsewhere and take the place of those of the model; empty where there are none. */
  readonly outputs: readonly RecordedOutputs[];
  readonly evaluation: DatasetReport;
  readonly engine: string;
  /** Any difference in `accuracy` is a loss beyond chance. */
  readonly lossBeyondChance: boolean;
  /**
   * Of each pair of outputs; empty for a model by itself. `float` in the names of figures is `against`, or with recorded outputs
   * alone the model as it runs here; `quantized` is the model, or the recorded outputs.
   */
  readonly accuracy: Report['accuracy'];
  /** By labels alone; null where there is something to compare with. */
  readonly ownAccuracy: readonly OwnAccuracy[] | null;
  readonly warnings: readonly Diagnostic[];
}

export interface EvaluatedModel extends ModelSource {
  /** Without its folder. */
  readonly file: string;
  /** The same, with as much of its folders as tells it from the other one. */
  readonly called: string;
  readonly sha256: string;
  /** As `int8 with float32 input`. */
  readonly numbers: string;
}

export interface RecordedOutputs {
  /** Of the model. */
  readonly output: string;
  readonly name: string;
  readonly format: string;
  readonly sha256: string;
  readonly rows: number;
  /** `integers` were read with the scale of the output. */
  readonly read: 'integers' | 'real values';
  readonly scale: number | null;
  readonly zeroPoint: number | null;
}
