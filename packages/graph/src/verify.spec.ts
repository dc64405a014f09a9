// The rules of the language: each broken once, in an otherwise sound graph.
import type { DataType, TensorData } from './data-type.js';
import { WherryError } from './diagnostics/diagnostic.js';
import type { Graph, Node, Quantization, Tensor } from './ir.js';
import { verify } from './verify.js';

const values: Tensor = { name: 'values', shape: [2, 3], dtype: 'float32' };
const order: Tensor = { name: 'order', shape: [2], dtype: 'int32', data: Int32Array.of(1, 0) };
const turned: Tensor = { name: 'turned', shape: [3, 2], dtype: 'float32' };
const turn: Node = { kind: 'TRANSPOSE', attributes: {}, inputs: [0, 1], outputs: [2], origin: 'turn' };
const sound: Graph = { name: 'sound', tensors: [values, order, turned], nodes: [turn], inputs: [0], outputs: [2] };

function refusal(graph: Graph): WherryError {
  try {
    verify(graph, 'a test');
  } catch (error) {
    if (error instanceof WherryError) return error;
    throw error;
  }
  throw new Error('the graph was accepted');
}

function withTensor(position: number, change: Partial<Tensor>): Graph {
  return {
    ...sound,
    tensors: sound.tensors.map((tensor, id) => (id === position ? { ...tensor, ...change } : tensor)),
  };
}

it('gives a sound graph back', () => {
  expect(verify(sound, 'a test')).toBe(sound);
});

it.each<[string, Graph]>([
  ['an input is listed twice', { ...sound, inputs: [0, 0] }],
  ['an output is never written', { ...sound, nodes: [] }],
  ['which nothing before it has written', { ...sound, inputs: [] }],
  ['which is missing or already written', { ...sound, nodes: [turn, turn] }],
  ['which is missing or already written', { ...sound, nodes: [{ ...turn, outputs: [9] }] }],
  ['has 2 outputs instead of 1', { ...sound, nodes: [{ ...turn, outputs: [2, 2] }] }],
  ['gives [3, 2] where the graph says [2, 3]', withTensor(2, { shape: [2, 3] })],
  ['gives float32 where the graph says int8', withTensor(2, { dtype: 'int8' })],
  ['is not made of whole numbers', withTensor(0, { shape: [2, -3] })],
  ['is not made of whole numbers', withTensor(0, { shape: [2, 1.5] })],
  ['holds 1 values in a Int32Array for int32[2]', withTensor(1, { data: Int32Array.of(1) })],
  ['holds 2 values in a Float32Array for int32[2]', withTensor(1, { data: Float32Array.of(1, 0) })],
])('refuses a graph where %s', (what, graph) => {
  const { definition, details } = refusal(graph);
  expect(definition.code).toBe('GRAPH_INVALID');
  expect(details.what).toContain(what);
  expect(details.what).toContain('after a test');
});

it.each<[string, Partial<Quantization>]>([
  ['as many zero points as scales', { scale: [1, 1] }],
  ['as many zero points as scales', { scale: [], zeroPoint: [] }],
  ['not a positive float32', { scale: [0] }],
  ['not a positive float32', { scale: [NaN] }],
  ['not a positive float32', { scale: [0.1] }],
  ['has 2 scales along dimension 1 of [2, 3]', { scale: [1, 1], zeroPoint: [0, 0], axis: 1 }],
  ['has 2 scales along dimension 7 of [2, 3]', { scale: [1, 1], zeroPoint: [0, 0], axis: 7 }],
  ['a zero point that is no int8', { zeroPoint: [128] }],
  ['a zero point that is no int8', { zeroPoint: [0.5] }],
])('refuses a quantization with %s: %j', (what, change) => {
  const quantization = { scale: [1], zeroPoint: [0], axis: 0, ...change };
  const tensors: readonly Tensor[] = [{ ...values, dtype: 'int8', quantization }, order, { ...turned, dtype: 'int8' }];
  expect(refusal({ ...sound, tensors }).details.what).toContain(what);
});

it('takes one scale for each slice', () => {
  const quantization = { scale: [1, 0.5], zeroPoint: [0, 0], axis: 0 };
  const tensors: readonly Tensor[] = [{ ...values, dtype: 'int8', quantization }, order, { ...turned, dtype: 'int8' }];
  expect(() => verify({ ...sound, tensors }, 'a test')).not.toThrow();
});

it('takes one scale for each element of a vector, whatever axis is named', () => {
  const bias = { name: 'bias', shape: [2], dtype: 'int32', data: Int32Array.of(1, 2) } as const;
  const withAxis = (scale: number[]): Graph => ({
    name: 'bias',
    nodes: [],
    inputs: [],
    outputs: [0],
    tensors: [{ ...bias, quantization: { scale, zeroPoint: scale.map(() => 0), axis: 3 } }],
  });
  expect(() => verify(withAxis([1, 0.5]), 'a test')).not.toThrow();
  expect(refusal(withAxis([1, 0.5, 2])).details.what).toContain('has 3 scales');
});

it('names the operator and the layer that a requirement fails at', () => {
  const { definition, details } = refusal(withTensor(1, { data: Int32Array.of(0, 0) }));
  expect(definition.code).toBe('GRAPH_OPERATOR_REQUIREMENT');
  expect(details.what).toContain('TRANSPOSE requires: the permutation');
  expect(details.where).toBe('turn');
});

it.each<[DataType, TensorData]>([
  ['float16', Uint16Array.of(1, 2)],
  ['int4', Int8Array.of(1, 2)],
  ['int64', BigInt64Array.of(1n, 2n)],
  ['bool', Uint8Array.of(0, 1)],
])('takes constants of %s in their own kind of array', (dtype, data) => {
  const graph: Graph = {
    name: 'constant',
    tensors: [{ name: 'c', shape: [2], dtype, data }],
    nodes: [],
    inputs: [],
    outputs: [0],
  };
  expect(() => verify(graph, 'a test')).not.toThrow();
});
