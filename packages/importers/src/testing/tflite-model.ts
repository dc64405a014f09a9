// Encodes small .tflite models for tests.
import { encode, type TfliteModelInit } from '@wherry/tflite-writer';

type Subgraph = NonNullable<TfliteModelInit['subgraphs']>[number];
export type TensorInit = NonNullable<Subgraph['tensors']>[number];
export type OperatorInit = NonNullable<Subgraph['operators']>[number];

export const bytesOf = (data: { readonly buffer: ArrayBufferLike }): Uint8Array => new Uint8Array(data.buffer);

export interface Parts {
  readonly tensors: readonly TensorInit[];
  readonly operators: readonly OperatorInit[];
  readonly codes: NonNullable<TfliteModelInit['operator_codes']>;
  readonly buffers?: readonly Uint8Array[];
  readonly inputs?: readonly number[];
  readonly outputs?: readonly number[];
}

/** Tensor 0 is the input, the last one the output; buffer 0 is empty, `buffers` count from 1. */
export function tfliteModel(parts: Parts): Uint8Array {
  const subgraph: Subgraph = {
    tensors: parts.tensors,
    inputs: parts.inputs ?? [0],
    outputs: parts.outputs ?? [parts.tensors.length - 1],
    operators: parts.operators,
  };
  const buffers = [{}, ...(parts.buffers ?? []).map((data) => ({ data }))];
  return encode({ operator_codes: parts.codes, subgraphs: [subgraph], buffers, description: 'test' });
}

export const float = (name: string, shape: readonly number[], buffer = 0): TensorInit => ({
  name,
  shape,
  type: 'FLOAT32',
  buffer,
});
