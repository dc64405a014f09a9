// Each scheme gives its own numbers, computes nearly what float does, and a fault planted in any of them is caught.
import { evaluate, GraphBuilder, type Graph, type Quantization } from '@wherry/graph';
import type { TensorFormat } from '../plan/number-format.js';
import type { NodeDecision, QuantizationPlan } from '../plan/quantization-plan.js';
import { schemeNames } from '../plan/schemes/index.js';
import type { SchemeName } from '../plan/schemes/scheme.js';
import { quantizeFeeds } from '../select/quantize-feeds.js';
import { planned as plannedFrom, type PlannedOptions } from '../testing/planned.js';
import { randomTensor } from '../testing/random-values.js';
import { calibrated, samplesOf } from '../testing/small-network.js';
import { apply } from './apply.js';

/** A convolution, an addition that is calibrated, a pool that shares its scale, a dense layer, a SOFTMAX of fixed scale. */
function network(): Graph {
  const builder = new GraphBuilder('formats');
  const constant = (name: string, shape: readonly number[], seed: number) =>
    builder.constant(name, shape, randomTensor(shape, seed), 'float32');
  const input = builder.input('image', [1, 8, 8, 8], 'float32');
  const conv = builder.add(
    'CONV_2D',
    [input, constant('w1', [16, 3, 3, 8], 1), constant('b1', [16], 2)],
    { activation: 'RELU' },
    { origin: 'conv' },
  );
  const pool = builder.add(
    'MAX_POOL_2D',
    [conv],
    { filterH: 2, filterW: 2, strideH: 2, strideW: 2 },
    { origin: 'pool' },
  );
  const sum = builder.add('ADD', [pool, constant('offset', [16], 3)], {}, { origin: 'add' });
  const dense = builder.add(
    'FULLY_CONNECTED',
    [sum, constant('w2', [10, 256], 4), constant('b2', [10], 5)],
    {},
    { origin: 'dense' },
  );
  return builder.finish([builder.add('SOFTMAX', [dense], { beta: 1 }, { origin: 'classes' })]);
}

const graph = network();
const calibration = await calibrated(graph, samplesOf(graph, 8));
const planned = (scheme: SchemeName, more: Partial<PlannedOptions> = {}): QuantizationPlan =>
  plannedFrom(graph, calibration, { scheme, ...more });
const at = (kind: string): number => graph.nodes.findIndex((node) => node.kind === kind);
const written = (kind: string): number => graph.nodes[at(kind)]!.outputs[0]!;

function farthest(made: Graph): number {
  const { quantization } = made.tensors[made.outputs[0]!]!;
  const real = (value: number | bigint): number =>
    (Number(value) - (quantization?.zeroPoint[0] ?? 0)) * (quantization?.scale[0] ?? 1);
  return Math.max(
    ...samplesOf(graph, 4).map((feeds) => {
      const expected = evaluate(graph, feeds)[0]!;
      const actual = evaluate(made, quantizeFeeds(made, feeds))[0]!;
      return Math.max(
        ...Array.from(expected as ArrayLike<number | bigint>, (value, i) => Math.abs(Number(value) - real(actual[i]!))),
      );
    }),
  );
}

const typesOf = (made: Graph): readonly string[] =>
  [...new Set(made.tensors.filter(({ shape }) => shape.length > 0).map(({ dtype }) => dtype))].sort();

it.each<[SchemeName, readonly string[], number]>([
  ['float32', ['float32'], 0],
  ['float16', ['float16', 'float32'], 2e-3],
  ['dynamic-range', ['float32', 'int8'], 2e-2],
  ['int8', ['int32', 'int8'], 5e-2],
  ['int16x8', ['int16', 'int64', 'int8'], 1e-2],
  ['int4', ['int32', 'int4', 'int8'], 0.4],
])('%s has its own types, and is as near to float as they allow', (scheme, types, distance) => {
  const { graph: made } = apply(graph, planned(scheme));
  expect(typesOf(made)).toEqual(types);
  const found = farthest(made);
  expect(found).toBeLessThanOrEqual(distance);
  if (scheme !== 'float32') expect(found).toBeGreaterThan(0);
});

it('float16 keeps biases as they are: few bytes, and every value is rounded by them', async () => {
  const builder = new GraphBuilder('wide');
  const constant = (shape: readonly number[], seed: number) =>
    builder.constant(`c${seed}`, shape, randomTensor(shape, seed), 'float32');
  const input = builder.input('x', [1, 4], 'float32');
  const dense = [input, constant([200, 4], 1), constant([200], 2)];
  const wide = builder.finish([builder.add('FULLY_CONNECTED', dense, {}, { origin: 'dense' })]);
  const seen = await calibrated(wide, samplesOf(wide, 2));
  const { graph: made } = apply(wide, plannedFrom(wide, seen, { scheme: 'float16' }));
  const stored = made.tensors.filter(({ data }) => data !== undefined).map(({ shape, dtype }) => [shape, dtype]);
  expect(stored).toEqual(
    expect.arrayContaining([
      [[200, 4], 'float16'],
      [[200], 'float32'],
    ]),
  );
});

it('gives real activations a zero point while they are rounded, where there are integer filters', () => {
  const wide = new GraphBuilder('dense');
  const layer = (x: number, [units, depth]: readonly [number, number], origin: string): number => {
    const filter = wide.constant(origin, [units, depth], randomTensor([units, depth], units), 'float32');
    return wide.add('FULLY_CONNECTED', [x, filter, null], {}, { origin });
  };
  const two = wide.finish([layer(layer(wide.input('x', [1, 256], 'float32'), [10, 256], 'large'), [4, 10], 'small')]);
  const { graph: made } = apply(two, plannedFrom(two, calibration, { scheme: 'dynamic-range' }));
  expect(made.nodes.map(({ attributes }) => attributes)).toMatchObject([
    { asymmetricQuantizeInputs: true },
    { asymmetricQuantizeInputs: false },
  ]);
});

it('knows no other schemes', () => {
  expect([...schemeNames].sort()).toEqual(['dynamic-range', 'float16', 'float32', 'int16x8', 'int4', 'int8']);
});

it.each<[SchemeName, 'int8' | 'uint8' | 'int16' | 'float32']>([
  ['int8', 'uint8'],
  ['int8', 'int16'],
  ['int8', 'float32'],
  ['int16x8', 'int8'],
  ['int16x8', 'float32'],
  ['float32', 'int8'],
])('%s between ends of %s gives what it gives by itself', (scheme, type) => {
  const { graph: made } = apply(graph, planned(scheme, { inputType: type, outputType: type }));
  expect([...made.inputs, ...made.outputs].map((id) => made.tensors[id]!.dtype)).toEqual([type, type]);
  expect(made.nodes[0]!.kind).toMatch(/QUANTIZE$/);
  expect(made.nodes.at(-1)!.kind).toMatch(/QUANTIZE$/);
  expect(farthest(made)).toBeLessThan(6e-2);
});

function withWritten(plan: QuantizationPlan, kind: string, change: Partial<Quantization>): QuantizationPlan {
  const format = plan.written.get(written(kind))!;
  const quantization = { ...format.quantization!, ...change };
  return { ...plan, written: new Map(plan.written).set(written(kind), { ...format, quantization }) };
}

function withRead(
  plan: QuantizationPlan,
  kind: string,
  input: number,
  change: Partial<TensorFormat>,
): QuantizationPlan {
  const changed = (decision: NodeDecision): NodeDecision => ({
    ...decision,
    reads: decision.reads.map((format, i) => (i === input ? { ...format!, ...change } : format)),
  });
  const nodes = plan.nodes.map((decision) => (decision.node === at(kind) ? changed(decision) : decision));
  return { ...plan, nodes };
}

const scaled = (plan: QuantizationPlan, kind: string, input: number, by: number): Partial<TensorFormat> => {
  const { scale, ...rest } = plan.nodes[at(kind)]!.reads[input]!.quantization!;
  return { quantization: { ...rest, scale: scale.map((each) => Math.fround(each * by)) } };
};

it.each<[string, SchemeName, RegExp, (sound: QuantizationPlan) => QuantizationPlan]>([
  ['an int16 that is not around 0', 'int16x8', /int16|zero point/, (p) => withWritten(p, 'ADD', { zeroPoint: [3] })],
  [
    'a zero point beyond int8',
    'int8',
    /zero point in \[-128, 127\]/,
    (p) => withWritten(p, 'ADD', { zeroPoint: [200] }),
  ],
  [
    'another scale of a 64-bit bias',
    'int16x8',
    /bias scale/,
    (p) => withRead(p, 'CONV_2D', 2, scaled(p, 'CONV_2D', 2, 2)),
  ],
  [
    'a short bias of 16-bit activations',
    'int16x8',
    /beside int16 activations|bias/,
    (p) => withRead(p, 'CONV_2D', 2, { dtype: 'int32' }),
  ],
  [
    'a real bias beside integers',
    'int8',
    /bias/,
    (p) => withRead(p, 'CONV_2D', 2, { dtype: 'float32', quantization: undefined } as never),
  ],
  ['another fixed scale of 16 bits', 'int16x8', /fixed one/, (p) => withWritten(p, 'SOFTMAX', { scale: [1 / 16384] })],
  [
    'a pool of 16 bits that changes the scale',
    'int16x8',
    /share one scale/,
    (p) => withWritten(p, 'MAX_POOL_2D', { scale: [0.25] }),
  ],
  [
    'a scale along another axis of 4-bit weights',
    'int4',
    /one per slice of axis 0/,
    (p) => withRead(p, 'CONV_2D', 1, { quantization: { ...p.nodes[at('CONV_2D')]!.reads[1]!.quantization!, axis: 3 } }),
  ],
  [
    'a scale of half constants',
    'float16',
    /scale|conversion|quantiz/i,
    (p) => withRead(p, 'ADD', 1, { quantization: { scale: [1], zeroPoint: [0], axis: 0 } }),
  ],
  [
    'a node that reads real numbers among integers',
    'int8',
    /one type|GRAPH_|requires/,
    (p) => withRead(p, 'ADD', 0, { dtype: 'float32', quantization: undefined } as never),
  ],
  [
    'a node that reads 8 bits among 16',
    'int16x8',
    /one type|GRAPH_|requires/,
    (p) => withRead(p, 'ADD', 0, { dtype: 'int8' }),
  ],
])('catches %s', (_what, scheme, rule, plant) => {
  const sound = planned(scheme);
  expect(() => apply(graph, sound)).not.toThrow();
  expect(() => apply(graph, plant(sound))).toThrow(rule);
});

it('catches a conversion that is missing', () => {
  const sound = planned('int8', { nodes: new Map([[at('FULLY_CONNECTED'), 'int16x8']]) });
  const { graph: made } = apply(graph, sound);
  expect(made.nodes.map(({ kind }) => kind)).toContain('QUANTIZE');
  // As if the dense layer took the sum as it is written.
  const asWritten = sound.written.get(written('ADD'))!;
  expect(() => apply(graph, withRead(sound, 'FULLY_CONNECTED', 0, asWritten))).toThrow(/one type|requires|bias/);
});
