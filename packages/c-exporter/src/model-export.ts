// Everything that the C files are made from, as a plain value.
import type { DataType, Shape } from '@wherry/graph';
import type { ArrayFormat, Placement } from '@wherry/profiles';

export interface TensorExport {
  /** As the model calls it; shown in comments only. */
  readonly name: string;
  readonly shape: Shape;
  readonly dtype: DataType;
  /** Per tensor; the scale is a float32 value. Absent: the values are what they are. */
  readonly quantization?: { readonly scale: number; readonly zeroPoint: number } | undefined;
  /** What the elements stand for, in order. */
  readonly labels?: readonly string[] | undefined;
  /** It comes of arithmetic in float32, of which other kernels round the last bits otherwise. Absent: of integers alone. */
  readonly computedInFloats?: boolean | undefined;
}

/** Bytes of every input and output in one sample, little-endian, as the device has them. */
export interface SelfTestCase {
  readonly inputs: readonly Uint8Array[];
  readonly outputs: readonly Uint8Array[];
}

export interface ModelExport {
  /** As the user typed it; shown in comments only. */
  readonly modelName: string;
  /** What the files are called after: `kws` gives kws_data.cc. */
  readonly name: string;
  /** The array's name in C, with which all other names begin; `g_` and the name unless the user has another one. */
  readonly symbol: string;
  /** The bytes of the .tflite file. */
  readonly model: Uint8Array;
  readonly inputs: readonly TensorExport[];
  readonly outputs: readonly TensorExport[];
  /** A run goes on from what the one before it left, until the interpreter is reset. */
  readonly keepsState: boolean;
  /** Known answers, of a model that keeps a state in runs that go on from one another; without any no self-test is written. */
  readonly selfTest: readonly SelfTestCase[];
  /** Methods of MicroMutableOpResolver in the order of the file's operator codes. Repetitions are registered once. */
  readonly resolverMethods: readonly string[];
  /** `bytes` is what the firmware is told to allocate: the estimate with the margin in it. */
  readonly arena: {
    readonly bytes: number;
    readonly marginPercent: number;
    /** Present where the arena is too large for a static array: the limit, and the expression that allocates BYTES. */
    readonly fromHeap?: { readonly staticBytes: number; readonly allocation: string } | undefined;
  };
  /** What the estimate and the kernels hold for. `from`: the oldest version; `simd`: the vector unit, or null. */
  readonly runtime: {
    readonly name: string;
    readonly from: string;
    readonly simd: string | null;
    readonly needs: readonly { readonly component: string; readonly from: string; readonly why: string }[];
  };
  /** SHA-256 in hexadecimal. `calibration` is null where the scheme needs none. */
  readonly hashes: { readonly model: string; readonly calibration: string | null; readonly profile: string };
  readonly profileId: string;
  /** Of the model, as SPDX writes it; none where its user has named none. */
  readonly license?: string | undefined;
  readonly tool: { readonly name: string; readonly version: string };
  /** The model becomes code of its own: no array of it and no operators of an interpreter are written. */
  readonly isCompiled?: boolean | undefined;
  readonly placement: Placement;
  readonly arrayFormat: ArrayFormat;
}

/** What the files are made of that an interpreter reads: the bytes of the model, and its operators. */
export interface InterpretedModel extends Pick<
  ModelExport,
  | 'modelName'
  | 'name'
  | 'symbol'
  | 'model'
  | 'resolverMethods'
  | 'profileId'
  | 'license'
  | 'tool'
  | 'placement'
  | 'arrayFormat'
> {
  readonly hashes: Pick<ModelExport['hashes'], 'model'>;
}

/** What the files of a single model are called after; its array is `g_model`, which existing firmware expects. */
export const defaultName = 'model';

export function symbolOf(name: string): string {
  return `g_${name}`;
}
