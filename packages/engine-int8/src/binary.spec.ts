// ADD, SUB and MUL against the reference: every pair of values, every way to broadcast, scales of all sizes.
import { singleOperatorGraph, type FusedActivation, type Quantization, type Shape } from '@wherry/graph';
import { differences, leftToReference, Random } from './testing/against-reference.js';

const kinds = ['ADD', 'SUB', 'MUL'] as const;
const activations: readonly FusedActivation[] = ['NONE', 'RELU', 'RELU6', 'RELU_N1_TO_1'];
const everyFirst = Int8Array.from({ length: 65536 }, (_, i) => (i >> 8) - 128);
const everySecond = Int8Array.from({ length: 65536 }, (_, i) => (i & 255) - 128);
const at = (scale: number, zeroPoint = 0): Quantization => ({
  scale: [Math.fround(scale)],
  zeroPoint: [zeroPoint],
  axis: 0,
});

interface Binary {
  readonly shapes: readonly [Shape, Shape];
  readonly scales: readonly [Quantization, Quantization, Quantization];
  readonly activation?: FusedActivation;
  readonly constants?: readonly (Int8Array | undefined)[];
}

function binary(kind: (typeof kinds)[number], { shapes, scales, activation = 'NONE', constants = [] }: Binary) {
  const operands = shapes.map((shape, i) => {
    const data = constants[i];
    return { shape, dtype: 'int8' as const, quantization: scales[i]!, ...(data && { data }) };
  });
  return singleOperatorGraph(kind, operands, { activation }, scales[2]);
}

describe.each(kinds)('%s', (kind) => {
  it.each([
    ['NONE', at(0.1, -3), at(0.07, 11), at(0.15, -20)],
    ['RELU', at(0.1, -128), at(0.1, -128), at(0.1, -128)],
    ['RELU6', at(0.2, 127), at(0.02, -128), at(0.05, 127)],
    ['NONE', at(0.02, 5), at(0.9, -7), at(0.4)],
    // Halves: 0.5 and 1.5 steps of the output everywhere.
    ['NONE', at(0.5), at(1), at(1)],
    ['NONE', at(2, 1), at(0.25, 2), at(0.5, 3)],
    ['NONE', at(2), at(1), at(4)],
    // Far above and far below 1.
    ['NONE', at(1e6), at(1), at(1e-3)],
    ['NONE', at(1e-4, 9), at(1e-5, -9), at(1)],
    ['RELU_N1_TO_1', at(0.01, 40), at(3, 20), at(0.01, 100)],
  ] as const)('of every pair of values: %s %j %j %j', async (activation, first, second, output) => {
    const scales = [first, second, output] as const;
    const graph = binary(kind, { shapes: [[65536], [65536]], scales, activation });
    expect(leftToReference(graph)).toEqual([]);
    expect(await differences(graph, [everyFirst, everySecond])).toEqual([]);
  });

  it.each<readonly [Shape, Shape]>([
    [
      [1, 5, 6, 24],
      [1, 1, 1, 24],
    ],
    [[24], [1, 5, 6, 24]],
    [
      [1, 5, 6, 1],
      [1, 5, 6, 24],
    ],
    [
      [3, 5, 7, 13],
      [3, 1, 1, 13],
    ],
    [
      [2, 1, 9, 1],
      [1, 7, 1, 11],
    ],
    [
      [4, 1],
      [1, 3],
    ],
    [
      [2, 1, 3, 1, 5],
      [1, 4, 1, 6, 5],
    ],
    [[1], [2, 9]],
    [[2, 9], []],
    [[7], [7]],
    [[1], [1]],
  ])('broadcast: %j %j', async (...shapes) => {
    const random = new Random(5);
    for (let round = 0; round < 12; round++) {
      const scales = [
        random.quantization(1e-3, 10),
        random.quantization(1e-3, 10),
        random.quantization(1e-3, 10),
      ] as const;
      const values = shapes.map((shape) => random.int8(shape));
      // Both vary, the first is constant, the second is.
      const constants = values.map((data, i) => (i + 1 === round % 3 ? data : undefined));
      const graph = binary(kind, { shapes, scales, constants, activation: random.pick(activations) });
      expect(leftToReference(graph)).toEqual([]);
      const feeds = values.filter((_, i) => constants[i] === undefined);
      expect(await differences(graph, feeds)).toEqual([]);
    }
  });
});

it('leaves to the reference what is shifted farther than the kernels shift', async () => {
  const graph = binary('MUL', { shapes: [[4], [4]], scales: [at(2 ** -20), at(2 ** -20), at(2 ** -8)] });
  expect(leftToReference(graph)).toEqual(['MUL']);
  expect(await differences(graph, [Int8Array.of(1, 2, 3, 4), Int8Array.of(-128, 127, 5, 6)])).toEqual([]);
});
