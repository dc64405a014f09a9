// The kernels against the reference: every value of layers of all shapes, scales and paddings.
import {
  elementCount,
  evaluate,
  GraphBuilder,
  type FusedActivation,
  type Graph,
  type Quantization,
  type Shape,
} from '@wherry/graph';
import { int8Engine } from './index.js';

/** Numbers in [0, 1), the same every time. */
function stream(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return (state >>> 0) / 4294967296;
  };
}

const random = stream(11);
const integer = (least: number, greatest: number): number => least + Math.floor(random() * (greatest - least + 1));
const quantization = (scale: readonly number[], zeroPoint = 0, axis = 0): Quantization => ({
  scale: scale.map(Math.fround),
  zeroPoint: scale.map(() => zeroPoint),
  axis,
});
const randomInt8 = (shape: Shape): Int8Array =>
  Int8Array.from({ length: elementCount(shape) }, () => integer(-128, 127));

interface Layer {
  readonly kind: 'CONV_2D' | 'DEPTHWISE_CONV_2D' | 'FULLY_CONNECTED';
  readonly input: Shape;
  readonly filter: Shape;
  readonly attributes?: object;
  readonly activation?: FusedActivation;
  /** Of the output's scale: small ones multiply by more than 1, huge ones shift everything away. */
  readonly outputScale?: number;
  readonly bias?: boolean;
}

function graphOf({
  kind,
  input,
  filter,
  attributes = {},
  activation = 'NONE',
  outputScale = 0.3,
  bias = true,
}: Layer): Graph {
  const builder = new GraphBuilder('layer');
  const axis = kind === 'DEPTHWISE_CONV_2D' ? 3 : 0;
  const channels = filter[axis]!;
  const scales = Array.from({ length: channels }, () => 10 ** (-1 - 3 * random()));
  const x = builder.input('x', input, 'int8', quantization([0.05], integer(-128, 127)));
  const weights = randomInt8(filter).map((value) => Math.max(-127, value));
  const w = builder.constant('w', filter, weights, 'int8', quantization(scales, 0, axis));
  const biases = Int32Array.from({ length: channels }, () => integer(-3000, 3000));
  const b = bias
    ? [builder.constant('b', [channels], biases, 'int32', quantization(scales.map((scale) => scale * 0.05)))]
    : [];
  const output = quantization([outputScale], integer(-100, 100));
  return builder.finish([
    builder.add(
      kind,
      [x, w, ...b],
      { ...attributes, activation },
      { origin: 'layer', outputQuantization: output, outputDtype: 'int8' },
    ),
  ]);
}

async function differences(graph: Graph, feeds: readonly Int8Array[]): Promise<number> {
  const engine = int8Engine();
  expect(engine.name).toBe('int8');
  const executor = await engine.prepare(graph);
  const [fast] = await executor.run(feeds);
  executor.dispose();
  const [slow] = evaluate(graph, feeds);
  expect(fast).toHaveLength(slow!.length);
  return (slow as Int8Array).reduce((count, value, i) => count + (value === fast![i] ? 0 : 1), 0);
}

const strided = { strideH: 2, strideW: 2 };

describe('layers with weights', () => {
  it.each<Layer>([
    { kind: 'CONV_2D', input: [1, 9, 7, 3], filter: [5, 3, 3, 3] },
    { kind: 'CONV_2D', input: [1, 8, 8, 16], filter: [16, 3, 3, 16], activation: 'RELU' },
    { kind: 'CONV_2D', input: [2, 10, 11, 4], filter: [20, 5, 3, 4], attributes: strided, activation: 'RELU6' },
    { kind: 'CONV_2D', input: [1, 12, 13, 2], filter: [9, 3, 2, 2], attributes: { dilationH: 2, dilationW: 3 } },
    {
      kind: 'CONV_2D',
      input: [1, 12, 13, 3],
      filter: [9, 3, 3, 3],
      attributes: { padding: 'VALID', dilationH: 3, ...strided },
    },
    { kind: 'CONV_2D', input: [1, 9, 9, 5], filter: [3, 1, 1, 5], attributes: { ...strided, padding: 'VALID' } },
    { kind: 'CONV_2D', input: [3, 5, 7, 13], filter: [11, 1, 1, 13], activation: 'RELU_N1_TO_1' },
    { kind: 'CONV_2D', input: [1, 1, 1, 30], filter: [4, 1, 1, 30] },
    { kind: 'CONV_2D', input: [1, 4, 4, 3], filter: [17, 4, 4, 3], attributes: { padding: 'VALID' } },
    { kind: 'CONV_2D', input: [1, 6, 1, 1], filter: [1, 3, 1, 1], bias: false },
    { kind: 'CONV_2D', input: [1, 6, 6, 8], filter: [8, 3, 3, 8], outputScale: 1e-4 },
    { kind: 'CONV_2D', input: [1, 6, 6, 8], filter: [8, 3, 3, 8], outputScale: 1e4 },
    { kind: 'CONV_2D', input: [1, 6, 6, 8], filter: [16, 3, 3, 4] },
    { kind: 'DEPTHWISE_CONV_2D', input: [1, 9, 7, 8], filter: [1, 3, 3, 8] },
    {
      kind: 'DEPTHWISE_CONV_2D',
      input: [2, 9, 7, 13],
      filter: [1, 3, 3, 13],
      attributes: strided,
      activation: 'RELU6',
    },
    { kind: 'DEPTHWISE_CONV_2D', input: [1, 9, 7, 3], filter: [1, 2, 4, 9], attributes: { depthMultiplier: 3 } },
    {
      kind: 'DEPTHWISE_CONV_2D',
      input: [1, 11, 11, 5],
      filter: [1, 3, 3, 5],
      attributes: { dilationH: 2, dilationW: 2 },
      outputScale: 1e-3,
    },
    {
      kind: 'DEPTHWISE_CONV_2D',
      input: [1, 49, 10, 1],
      filter: [1, 10, 8, 8],
      attributes: { depthMultiplier: 8, ...strided },
      bias: false,
    },
    { kind: 'FULLY_CONNECTED', input: [1, 640], filter: [128, 640] },
    { kind: 'FULLY_CONNECTED', input: [5, 33], filter: [10, 33], activation: 'RELU' },
    { kind: 'FULLY_CONNECTED', input: [1, 7], filter: [3, 7], bias: false, outputScale: 0.01 },
  ])("give the reference's integers: %j", async (layer) => {
    const attributes =
      layer.kind === 'DEPTHWISE_CONV_2D' ? { depthMultiplier: 1, ...layer.attributes } : layer.attributes;
    const graph = graphOf({ ...layer, ...(attributes && { attributes }) });
    for (const feed of [
      randomInt8(layer.input),
      new Int8Array(elementCount(layer.input)).fill(-128),
      new Int8Array(elementCount(layer.input)).fill(127),
    ]) {
      expect(await differences(graph, [feed])).toBe(0);
    }
  });

  it('give them for every accumulator around exact halves and for shifts of every size', async () => {
    // One input value, one weight of 1 per channel; the bias walks the accumulators.
    const channels = 4096;
    for (let shift = -12; shift <= 4; shift++) {
      const builder = new GraphBuilder('halves');
      const x = builder.input('x', [1, 1], 'int8', quantization([1]));
      const w = builder.constant(
        'w',
        [channels, 1],
        new Int8Array(channels).fill(1),
        'int8',
        quantization([2 ** shift]),
      );
      const b = builder.constant(
        'b',
        [channels],
        Int32Array.from({ length: channels }, (_, i) => i - channels / 2),
        'int32',
        quantization([2 ** shift]),
      );
      const output = { origin: 'layer', outputQuantization: quantization([1]), outputDtype: 'int8' } as const;
      const graph = builder.finish([builder.add('FULLY_CONNECTED', [x, w, b], {}, output)]);
      for (const value of [-128, -1, 0, 1, 127]) expect(await differences(graph, [Int8Array.of(value)])).toBe(0);
    }
  });
});

const everyFirst = Int8Array.from({ length: 65536 }, (_, i) => (i >> 8) - 128);
const everySecond = Int8Array.from({ length: 65536 }, (_, i) => (i & 255) - 128);

describe('sums', () => {
  const at = (scale: number, zeroPoint: number): Quantization => quantization([scale], zeroPoint);
  it.each([
    ['ADD', [at(0.1, -3), at(0.07, 11), at(0.15, -20)], 'NONE'],
    ['ADD', [at(0.1, -128), at(0.1, -128), at(0.1, -128)], 'RELU'],
    ['SUB', [at(0.02, 5), at(0.9, -7), at(0.4, 0)], 'NONE'],
    // Halves: 0.5 and 1.5 steps of the output everywhere.
    ['ADD', [at(0.5, 0), at(1, 0), at(1, 0)], 'NONE'],
    ['SUB', [at(2, 1), at(0.25, 2), at(0.5, 3)], 'RELU'],
    ['ADD', [at(1e6, 0), at(1, 0), at(1e-3, 0)], 'NONE'],
  ] as const)("give the reference's integers on every pair: %s %j %s", async (kind, [a, b, out], activation) => {
    const builder = new GraphBuilder('sum');
    const inputs = [builder.input('a', [65536], 'int8', a), builder.input('b', [65536], 'int8', b)];
    const graph = builder.finish([
      builder.add(kind, inputs, { activation }, { origin: 'sum', outputQuantization: out, outputDtype: 'int8' }),
    ]);
    expect(await differences(graph, [everyFirst, everySecond])).toBe(0);
  });

  it("of other shapes are the reference's", async () => {
    const builder = new GraphBuilder('broadcast');
    const inputs = [builder.input('a', [2, 3], 'int8', at(1, 0)), builder.input('b', [3], 'int8', at(1, 0))];
    const graph = builder.finish([
      builder.add('ADD', inputs, {}, { origin: 'sum', outputQuantization: at(1, 0), outputDtype: 'int8' }),
    ]);
    expect(await differences(graph, [Int8Array.of(1, 2, 3, 4, 5, 6), Int8Array.of(10, 20, 30)])).toBe(0);
  });
});

describe('the engine', () => {
  const layer: Layer = { kind: 'CONV_2D', input: [1, 5, 5, 3], filter: [4, 3, 3, 3] };

  it('keeps graphs apart that are prepared at the same time, and uses memory again', async () => {
    const engine = int8Engine();
    const graphs = [graphOf(layer), graphOf({ ...layer, input: [1, 40, 40, 3] })];
    for (let round = 0; round < 3; round++) {
      const executors = await Promise.all(graphs.map((graph) => engine.prepare(graph)));
      const feeds = graphs.map((graph) => [randomInt8(graph.tensors[graph.inputs[0]!]!.shape)]);
      const first = await executors[0]!.run(feeds[0]!);
      const second = await executors[1]!.run(feeds[1]!);
      expect(first).toEqual(evaluate(graphs[0]!, feeds[0]!));
      expect(second).toEqual(evaluate(graphs[1]!, feeds[1]!));
      // The first one twice: its memory is not given to both graphs of the next round.
      for (const executor of [executors[1]!, executors[0]!, executors[0]!]) executor.dispose();
    }
  });

  it('shows intermediate values', async () => {
    const graph = graphOf(layer);
    const feeds = [randomInt8([1, 5, 5, 3])];
    const seen: unknown[] = [];
    const executor = await int8Engine().prepare(graph);
    await executor.run(feeds, { wants: (id) => id === graph.outputs[0], see: (_, data) => seen.push(data.slice()) });
    expect(seen).toEqual(evaluate(graph, feeds));
  });

  it('refuses a feed of another length', async () => {
    const executor = await int8Engine().prepare(graphOf(layer));
    expect(() => executor.run([new Int8Array(74)])).toThrow(/takes 75 int8 values/);
  });

  it('runs nothing on memory that it gave back', async () => {
    const executor = await int8Engine().prepare(graphOf(layer));
    executor.dispose();
    expect(() => executor.run([randomInt8([1, 5, 5, 3])])).toThrow(/disposed/);
  });

  it('is the reference where there are no 128-bit vectors', () => {
    expect(int8Engine(Uint8Array.of(0, 97, 115, 109)).name).toBe('reference');
  });
});
