// A small int8 model as tables, and copies of it with one thing changed, for the specs of comparisons.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encode, type TableInit, type TfliteModelInit } from '@wherry/tflite-writer';

const coarse: TableInit<'QuantizationParameters'> = { scale: [0.5], zero_point: [-3n] };
const int32 = (...values: readonly number[]): Uint8Array => new Uint8Array(Int32Array.from(values).buffer);

/** Two inputs, a convolution, its sigmoid, and a sum with the second input: two outputs. */
export const twoHeads: TfliteModelInit = {
  version: 3,
  description: 'two heads',
  operator_codes: [
    { builtin_code: 'CONV_2D', version: 3 },
    { builtin_code: 'LOGISTIC', version: 2 },
    { builtin_code: 'ADD', version: 2 },
  ],
  buffers: [{}, { data: Uint8Array.of(1, 2, 3, 4, 5, 6) }, { data: int32(7, 8, 9) }],
  subgraphs: [
    {
      name: 'main',
      tensors: [
        { name: 'image', shape: [1, 2, 2, 2], type: 'INT8', quantization: coarse },
        {
          name: 'filter',
          shape: [3, 1, 1, 2],
          type: 'INT8',
          buffer: 1,
          quantization: { scale: [0.25, 0.5, 1], zero_point: [0n, 0n, 0n] },
        },
        {
          name: 'bias',
          shape: [3],
          type: 'INT32',
          buffer: 2,
          quantization: { scale: [0.125, 0.25, 0.5], zero_point: [0n, 0n, 0n] },
        },
        { name: 'convolved', shape: [1, 2, 2, 3], type: 'INT8', quantization: coarse },
        { name: 'scores', shape: [1, 2, 2, 3], type: 'INT8', quantization: { scale: [1 / 256], zero_point: [-128n] } },
        { name: 'offset', shape: [1, 2, 2, 3], type: 'INT8', quantization: coarse },
        { name: 'sum', shape: [1, 2, 2, 3], type: 'INT8', quantization: coarse },
      ],
      inputs: [0, 5],
      outputs: [4, 6],
      operators: [
        {
          opcode_index: 0,
          inputs: [0, 1, 2],
          outputs: [3],
          builtin_options: { type: 'Conv2DOptions', value: { padding: 'VALID', stride_w: 1, stride_h: 1 } },
        },
        { opcode_index: 1, inputs: [3], outputs: [4] },
        { opcode_index: 2, inputs: [3, 5], outputs: [6], builtin_options: { type: 'AddOptions', value: {} } },
      ],
    },
  ],
};

type Path = readonly (string | number)[];

/** A copy of `value` with the part at `path` replaced. */
export function withPart<T>(value: T, path: Path, part: unknown): T {
  const [step, ...rest] = path;
  if (step === undefined) return part as T;
  if (Array.isArray(value)) {
    const copy = [...(value as readonly unknown[])];
    copy[Number(step)] = withPart(copy[Number(step)], rest, part);
    return copy as T;
  }
  const record = (value ?? {}) as Record<string | number, unknown>;
  return { ...record, [step]: withPart(record[step], rest, part) } as T;
}

export interface ModelFolder {
  readonly path: string;
  /** Writes a model and gives its path. */
  readonly write: (name: string, model: TfliteModelInit) => string;
  readonly remove: () => void;
}

export function modelFolder(): ModelFolder {
  const path = mkdtempSync(join(tmpdir(), 'wherry-diff-'));
  return {
    path,
    write: (name, model) => {
      writeFileSync(join(path, name), encode(model));
      return join(path, name);
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}
