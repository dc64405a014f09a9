// What a comparison of two models says, as the document that `deploy diff --json` prints.
import type { OutputComparison } from '../accuracy/output-comparison.js';
import type { PlainValue } from './plain-value.js';

/** `a` is the first model given, `b` the second. */
export interface Both<T> {
  readonly a: T;
  readonly b: T;
}

/**
 * `same-bytes`: the files are one. `same-graph`: operators, versions, attributes, wiring, types, shapes, scales, values of
 * constants, inputs and outputs are equal, all of them compared; names and metadata may differ. `unknown`: no difference
 * was found, but something was left out.
 */
export type DiffVerdict = 'same-bytes' | 'same-graph' | 'different' | 'unknown';

/** Stable: fields are added, never renamed or given another meaning, within a `schemaVersion`. No time, no path. */
export interface ModelDifference {
  readonly schemaVersion: 1;
  readonly ok: true;
  readonly verdict: DiffVerdict;
  /** Whether `--exit-code` ends in 6: the graphs differ or may differ, or the memory plan or other files of the folders do. */
  readonly differs: boolean;
  readonly a: DiffSide;
  readonly b: DiffSide;
  /** One for each subgraph that both have, in order. */
  readonly subgraphs: readonly SubgraphDifference[];
  /** Of subgraphs that only one has. */
  readonly subgraphsOnlyIn: Both<readonly string[]>;
  readonly signatures: readonly Change[];
  readonly sizes: readonly SizeRow[];
  /** Of output folders, beside model and report. */
  readonly files: readonly FileRow[];
  readonly metadata: readonly MetadataRow[];
  readonly arena: ArenaDifference;
  readonly effect: DeviceEffect;
  /** Absent where no samples were given; null where they could not be run, which `leftOut` says why. */
  readonly outputs?: OutputsDifference | null;
  readonly leftOut: readonly LeftOut[];
}

export interface DiffSide {
  /** Without its folder. */
  readonly file: string;
  /** The same, with as much of its folders as tells it from the other side. */
  readonly called: string;
  readonly sha256: string;
  readonly bytes: number;
  /** Whether an output folder of this tool was given. */
  readonly folder: boolean;
}

/** Something that was not compared, or only in part. */
export interface LeftOut {
  readonly what: string;
  readonly side: 'a' | 'b' | 'both';
  readonly why: string;
}

export interface Change {
  /** What it is of: `version`, `attribute`, `operand`, `type`, `shape`, `scale`, `zero point` ... */
  readonly what: string;
  readonly name: string;
  readonly a: PlainValue;
  readonly b: PlainValue;
  /** The same in a few words, where the values alone are long. */
  readonly note?: string;
}

export interface OperatorName {
  readonly index: number;
  readonly kind: string;
  readonly layer: string;
  readonly version: number;
}

export interface SubgraphDifference {
  readonly name: Both<string>;
  readonly operators: {
    readonly count: Both<number>;
    readonly matched: number;
    readonly added: readonly OperatorName[];
    readonly removed: readonly OperatorName[];
    /** Matched ones run in another order. */
    readonly reordered: boolean;
    readonly changed: readonly (Both<OperatorName> & { readonly changes: readonly Change[] })[];
  };
  readonly tensors: { readonly compared: number; readonly changed: readonly TensorChange[] };
  readonly constants: { readonly compared: number; readonly same: number; readonly changed: readonly ConstantChange[] };
  readonly inputs: EndsDifference;
  readonly outputs: EndsDifference;
  /** Tensors whose names differ; nothing is computed by names. */
  readonly renamedTensors: number;
}

export interface TensorChange {
  readonly tensor: Both<string>;
  /** The operator of `a` that writes it, or null for a graph input. */
  readonly operator: OperatorName | null;
  readonly changes: readonly Change[];
}

export interface ConstantChange {
  readonly tensor: Both<string>;
  readonly operator: OperatorName;
  readonly operand: number;
  readonly role: ConstantRole;
  readonly type: Both<string>;
  /** Type, shape and scales, as far as they differ. */
  readonly changes: readonly Change[];
  /** Null where shapes or types do not let values be compared; then `why` says it. */
  readonly values: ValuesDifference | null;
  readonly why?: string;
}

export type ConstantRole = 'weights' | 'bias' | 'other';

export interface ValuesDifference {
  readonly elements: number;
  /** Whose stored number, or whose meaning where types or scales differ, is another. */
  readonly changed: number;
  /** In real units, or in the stored ones where there is no scale. */
  readonly greatest: number;
  /** In quantization steps, the coarser of the two at each element; null for floats. */
  readonly steps: { readonly greatest: number; readonly mean: number; readonly beyondHalf: number } | null;
  /** Elements where one side is not a number or infinite, and the other is not the same. */
  readonly notFinite: number;
}

export interface EndsDifference {
  readonly count: Both<number>;
  readonly reordered: boolean;
  readonly pairs: readonly EndDifference[];
}

export interface EndDifference {
  readonly a: EndTensor | null;
  readonly b: EndTensor | null;
  readonly changes: readonly Change[];
}

export interface EndTensor {
  readonly position: number;
  readonly name: string;
  readonly shape: readonly number[];
  readonly type: string;
  readonly scale: readonly number[];
  readonly zeroPoint: readonly number[];
}

export interface SizeRow {
  readonly kind: string;
  readonly a: number;
  readonly b: number;
}

export interface FileRow {
  readonly name: string;
  readonly a: { readonly bytes: number; readonly sha256: string } | null;
  readonly b: { readonly bytes: number; readonly sha256: string } | null;
}

export interface MetadataRow {
  /** `model`: of the file itself. `report`: of report.json in the folder. */
  readonly from: 'model' | 'report';
  readonly name: string;
  readonly a: PlainValue;
  readonly b: PlainValue;
  readonly same: boolean;
}

export interface ArenaDifference {
  /** Id of the profile asked for. */
  readonly profile: string | null;
  /** Bytes that a firmware reserves, with the margin of the profile; null where it cannot be foretold. */
  readonly estimate: Both<ArenaFigures | null> | null;
  /** What the reports in the folders say. */
  readonly reported: Both<{ readonly profile: string; readonly bytes: number } | null>;
  /** The plan that the file itself carries. */
  readonly carriedPlan: Both<CarriedPlan | null>;
  readonly carriedPlanChanged: boolean;
}

export interface ArenaFigures {
  readonly bytes: number;
  readonly usedBytes: number;
  readonly activationBytes: number;
}

export interface CarriedPlan {
  readonly bytes: number;
  readonly tensors: number;
  readonly sha256: string;
}

export interface DeviceEffect {
  /** By operator kind; null where a graph could not be read. */
  readonly work: readonly WorkRow[] | null;
  /** The folder holds the model as code, which no interpreter runs: it has no resolver, and its arena no margin. */
  readonly code: Both<boolean>;
  readonly resolver: Both<readonly string[]> & {
    readonly added: readonly string[];
    readonly removed: readonly string[];
  };
  /** With a profile: what its kernels refuse; null where a graph could not be read. */
  readonly illegal: Both<readonly string[] | null> | null;
  /** For a firmware that was built for `a` and gets the file of `b`. */
  readonly firmware: {
    /** `cannot run`: the kernels of the profile refuse `b`. */
    readonly rebuild: 'needed' | 'not needed' | 'unknown' | 'nothing to do' | 'cannot run';
    readonly reasons: readonly string[];
    readonly unknown: readonly string[];
  };
}

export interface WorkRow {
  readonly kind: string;
  readonly operators: Both<number>;
  readonly macs: Both<number>;
  /** Read and written: activations, weights, biases. */
  readonly bytes: Both<number>;
}

export interface OutputsDifference {
  readonly data: { readonly name: string; readonly sha256: string; readonly samples: number };
  readonly engine: string;
  readonly outputs: readonly OutputDifference[];
}

/** `a` is taken for the truth. */
export interface OutputDifference extends Omit<OutputComparison, 'sqnrDb' | 'confusion'> {
  readonly position: Both<number>;
  /** Of all samples, the very numbers: the stored ones where both have one type and scale, the real ones otherwise. */
  readonly identical: boolean;
  readonly differingValues: number;
  readonly values: number;
  /** In steps of the coarser scale; null where neither is quantized. */
  readonly greatestSteps: number | null;
  readonly sqnrDb: number | null;
}
