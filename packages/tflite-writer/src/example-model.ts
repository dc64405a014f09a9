// A small int8 model that the specs take apart: a 1x1 convolution, padding, a transposition, a concatenation.
import { WherryError } from '@wherry/graph';
import type { TableInit, TfliteModelInit } from './schema/table-types.js';

function int32(...values: readonly number[]): Uint8Array {
  return new Uint8Array(Int32Array.from(values).buffer);
}

const perTensor: TableInit<'QuantizationParameters'> = { scale: [0.5], zero_point: [-3n] };

/** Everything in it passes `verifyModel`. */
export const exampleModel: TfliteModelInit = {
  description: 'example',
  operator_codes: [
    { builtin_code: 'CONV_2D', version: 3 },
    { builtin_code: 'PAD', version: 2 },
    { builtin_code: 'TRANSPOSE', version: 2 },
    { builtin_code: 'CONCATENATION', version: 2 },
  ],
  buffers: [
    {},
    { data: Uint8Array.of(1, 2, 3, 4, 5, 6) },
    { data: int32(7, 8, 9) },
    { data: int32(0, 0, 1, 1, 0, 0, 0, 0) },
    { data: int32(0, 2, 1, 3) },
    { data: new TextEncoder().encode('1.14.0') },
  ],
  subgraphs: [
    {
      name: 'main',
      tensors: [
        { name: 'image', shape: [1, 2, 2, 2], type: 'INT8', quantization: perTensor },
        {
          name: 'filter',
          shape: [3, 1, 1, 2],
          type: 'INT8',
          buffer: 1,
          quantization: { scale: [0.25, 0.5, 1], zero_point: [0n, 0n, 0n] },
        },
        { name: 'bias', shape: [3], type: 'INT32', buffer: 2 },
        { name: 'convolved', shape: [1, 2, 2, 3], type: 'INT8', quantization: perTensor },
        { name: 'paddings', shape: [4, 2], type: 'INT32', buffer: 3 },
        { name: 'padded', shape: [1, 4, 2, 3], type: 'INT8', quantization: perTensor },
        { name: 'order', shape: [4], type: 'INT32', buffer: 4 },
        { name: 'turned', shape: [1, 2, 4, 3], type: 'INT8', quantization: perTensor },
        { name: 'twice', shape: [1, 2, 4, 6], type: 'INT8', quantization: perTensor },
      ],
      inputs: [0],
      outputs: [8],
      operators: [
        {
          opcode_index: 0,
          inputs: [0, 1, 2],
          outputs: [3],
          builtin_options: { type: 'Conv2DOptions', value: { padding: 'VALID', stride_w: 1, stride_h: 1 } },
        },
        { opcode_index: 1, inputs: [3, 4], outputs: [5], builtin_options: { type: 'PadOptions', value: {} } },
        { opcode_index: 2, inputs: [5, 6], outputs: [7] },
        {
          opcode_index: 3,
          inputs: [7, 7],
          outputs: [8],
          builtin_options: { type: 'ConcatenationOptions', value: { axis: 3 } },
        },
      ],
    },
  ],
  metadata: [{ name: 'min_runtime_version', buffer: 5 }],
};

type Path = readonly (string | number)[];

/** A copy of `value` with the part at `path` replaced. */
export function changed<T>(value: T, path: Path, part: unknown): T {
  const [step, ...rest] = path;
  if (step === undefined) return part as T;
  if (Array.isArray(value)) return value.with(Number(step), changed(value[Number(step)], rest, part)) as T;
  const record = (value ?? {}) as Record<string | number, unknown>;
  return { ...record, [step]: changed(record[step], rest, part) } as T;
}

/** The WherryError that `run` ends with; whatever else happens fails the spec. */
export function refusalOf(run: () => unknown): WherryError {
  try {
    run();
  } catch (error) {
    if (error instanceof WherryError) return error;
    throw error;
  }
  throw new Error('was not refused');
}
