// Operators of one value against the reference: all 256 of them, in scales of all sizes.
import { singleOperatorGraph, type OpKind } from '@wherry/graph';
import { differences, leftToReference, Random } from './testing/against-reference.js';

const everyValue = Int8Array.from({ length: 256 }, (_, i) => i - 128);

it.each<readonly [OpKind, object]>([
  ['LOGISTIC', {}],
  ['TANH', {}],
  ['HARD_SWISH', {}],
  ['RELU', {}],
  ['RELU6', {}],
  ['LEAKY_RELU', { alpha: Math.fround(0.3) }],
  ['LEAKY_RELU', { alpha: -2 }],
  ['QUANTIZE', {}],
])('%s %j', async (kind, attributes) => {
  const random = new Random(3);
  for (let round = 0; round < 40; round++) {
    const input = { shape: [256], dtype: 'int8' as const, quantization: random.quantization(1e-3, 10) };
    const output = kind === 'RELU6' ? input.quantization : random.quantization(1e-3, 10);
    const graph = singleOperatorGraph(kind, [input], attributes, output, 'int8');
    expect(leftToReference(graph)).toEqual([]);
    expect(await differences(graph, [everyValue])).toEqual([]);
  }
});

it('takes counts that are no multiple of anything', async () => {
  const random = new Random(4);
  const quantization = random.quantization(0.01, 0.1);
  for (let count = 1; count < 20; count++) {
    const graph = singleOperatorGraph('LOGISTIC', [{ shape: [count], dtype: 'int8', quantization }], {}, quantization);
    expect(await differences(graph, [random.int8([count])])).toEqual([]);
  }
});

it.each(['MUL', 'ADD', 'SUB', 'MAXIMUM', 'MINIMUM'] as const)('%s with one constant number', async (kind) => {
  const random = new Random(6);
  for (const position of [0, 1]) {
    const quantization = random.quantization(0.05, 0.1);
    const number = { shape: [1, 1], dtype: 'int8' as const, quantization, data: Int8Array.of(37) };
    const operands = [{ shape: [2, 128], dtype: 'int8' as const, quantization }];
    operands.splice(position, 0, number);
    const graph = singleOperatorGraph(kind, operands, {}, quantization);
    expect(leftToReference(graph)).toEqual([]);
    expect(await differences(graph, [everyValue])).toEqual([]);
  }
});

it('leaves other types to the reference', () => {
  const quantization = new Random(7).quantization(0.1, 1);
  const graph = singleOperatorGraph('QUANTIZE', [{ shape: [4] }], {}, quantization, 'int8');
  expect(leftToReference(graph)).toEqual(['QUANTIZE']);
});
