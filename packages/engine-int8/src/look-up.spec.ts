// Operators of one value against the reference: all 256 of them, in scales of all sizes.
import { GraphBuilder, singleOperatorGraph, type Graph, type OpKind } from '@wherry/graph';
import { planGraph } from './plan-graph.js';
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

/** Two operators of x, joined by a third. */
function joined(first: OpKind, second: OpKind | undefined, join: 'MUL' | 'ADD' | 'SUB', random: Random): Graph {
  const builder = new GraphBuilder('joined');
  const x = builder.input('x', [2, 128], 'int8', random.quantization(0.01, 0.1));
  const of = (kind: OpKind, name: string): number =>
    builder.add(kind, [x], {}, { origin: name, outputQuantization: random.quantization(0.01, 0.1) });
  const operands = [of(first, 'first'), second === undefined ? x : of(second, 'second')];
  if (random.number() < 0.5) operands.reverse();
  const sum = builder.add(join, operands, {}, { origin: 'join', outputQuantization: random.quantization(0.01, 0.1) });
  return builder.finish([sum]);
}

it.each(['MUL', 'ADD', 'SUB'] as const)('%s of a value and what is made of it, in either order', async (join) => {
  const random = new Random(31);
  for (const kind of ['LOGISTIC', 'TANH', 'HARD_SWISH', 'RELU'] as const) {
    for (let round = 0; round < 6; round++) {
      const graph = joined(kind, undefined, join, random);
      expect(await differences(graph, [everyValue])).toEqual([]);
      // Two tables, and neither a walk nor a scaling.
      expect(planGraph(graph).memory.constantBytes).toBe(2 * 256);
    }
  }
});

it('leaves out what is looked up along with it, unless someone else reads it', async () => {
  const random = new Random(33);
  const build = (isRead: boolean, isOutput: boolean): Graph => {
    const builder = new GraphBuilder('swish');
    const made = (origin: string) => ({ origin, outputQuantization: random.quantization(0.01, 0.1) });
    const x = builder.input('x', [2, 128], 'int8', random.quantization(0.01, 0.1));
    const gate = builder.add('LOGISTIC', [x], {}, made('gate'));
    const swish = builder.add('MUL', [x, gate], {}, made('swish'));
    const last = isRead ? builder.add('ADD', [swish, gate], {}, made('last')) : swish;
    return builder.finish(isOutput ? [last, gate] : [last]);
  };
  for (const [isRead, isOutput, idle] of [
    [false, false, true],
    [true, false, false],
    [false, true, false],
  ] as const) {
    const graph = build(isRead, isOutput);
    expect(planGraph(graph).idle).toEqual(graph.nodes.map((_, i) => idle && i === 0));
    expect(await differences(graph, [everyValue])).toEqual([]);
  }
});

it('does not take one value for another that is made of the same', async () => {
  const random = new Random(32);
  expect(await differences(joined('LOGISTIC', 'TANH', 'MUL', random), [everyValue])).toEqual([]);
});

it('leaves other types to the reference', () => {
  const quantization = new Random(7).quantization(0.1, 1);
  const graph = singleOperatorGraph('QUANTIZE', [{ shape: [4] }], {}, quantization, 'int8');
  expect(leftToReference(graph)).toEqual(['QUANTIZE']);
});
