// One rule at a time: what may go, what has to stay, and why.
import { GraphBuilder, tensorAt, type Graph, type Quantization, type TensorId } from '@wherry/graph';
import { differences, integerInputs } from '../testing/integer-inputs.js';
import { removeConstantChannels } from './remove-constant-channels.js';

const scale = (zeroPoint: number, step = 0.0625): Quantization => ({ scale: [step], zeroPoint: [zeroPoint], axis: 0 });
const oneScale: Quantization = { scale: [2 ** -8], zeroPoint: [0], axis: 0 };

/** A 1x1 layer of three channels, the middle one of which is stuck at `real` 6 or 0, on a 4x4 image of 2. */
function stuckAt(builder: GraphBuilder, real: 0 | 6): TensorId {
  const x = builder.input('x', [1, 4, 4, 2], 'int8', scale(-3));
  const weights = builder.constant('w', [3, 1, 1, 2], Int8Array.of(90, -80, 1, -1, -70, 100), 'int8', oneScale);
  const bias = builder.constant('b', [3], Int32Array.of(50, real === 0 ? -90_000 : 90_000, 60), 'int32');
  const attributes = { activation: 'RELU6' } as const;
  return builder.add('CONV_2D', [x, weights, bias], attributes, { origin: 'stuck', outputQuantization: scale(-20) });
}

interface Reader {
  readonly padding: 'SAME' | 'VALID';
  /** Weights [2,3,3,3]: one number per (output, place, channel). */
  readonly weight?: (output: number, place: number, channel: number) => number;
  readonly bias?: readonly number[];
}

function read(real: 0 | 6, { padding, weight, bias = [40, -70] }: Reader): Graph {
  const builder = new GraphBuilder('reader');
  const stuck = stuckAt(builder, real);
  const data = Int8Array.from({ length: 54 }, (_, i) => {
    const [output, place, channel] = [Math.floor(i / 27), Math.floor(i / 3) % 9, i % 3];
    return weight?.(output, place, channel) ?? ((i * 53) % 201) - 100;
  });
  const filter = builder.constant('w2', [2, 3, 3, 3], data, 'int8', oneScale);
  const operands = [stuck, filter, builder.constant('b2', [2], Int32Array.from(bias), 'int32')];
  return builder.finish([
    builder.add('CONV_2D', operands, { padding }, { origin: 'reader', outputQuantization: scale(5, 1) }),
  ]);
}

/** Channels of what the first node writes, once outputs are found the same. */
function left(graph: Graph): number {
  const { graph: shrunk } = removeConstantChannels(graph);
  expect(differences(graph, shrunk, integerInputs(graph, 12))).toBe(0);
  return tensorAt(shrunk, shrunk.nodes[0]!.outputs[0]!).shape.at(-1)!;
}

describe('a stuck channel that a convolution reads', () => {
  it('goes where it is the zero point, padding or not', () => {
    expect(left(read(0, { padding: 'SAME' }))).toBe(2);
    expect(left(read(0, { padding: 'VALID' }))).toBe(2);
  });

  it('goes where it is another number only if there is no padding', () => {
    expect(left(read(6, { padding: 'VALID' }))).toBe(2);
    expect(left(read(6, { padding: 'SAME' }))).toBe(3);
  });

  it('goes in spite of padding where its weights add up to the same at every border', () => {
    const centre = (_: number, place: number, channel: number): number =>
      channel === 1 ? (place === 4 ? 77 : 0) : 11 * place - 40 + channel;
    expect(left(read(6, { padding: 'SAME', weight: centre }))).toBe(2);
    // Of the weights at one border only one differs.
    const almost = (output: number, place: number, channel: number): number =>
      channel === 1 && output === 1 && place === 0 ? 1 : centre(output, place, channel);
    expect(left(read(6, { padding: 'SAME', weight: almost }))).toBe(3);
  });

  it('stays where the bias, or a sum, would leave 32 bits', () => {
    const heavy = {
      padding: 'VALID',
      weight: (_: number, __: number, c: number): number => (c === 1 ? 127 : 3),
    } as const;
    expect(left(read(6, { ...heavy, bias: [0, 0] }))).toBe(2);
    expect(left(read(6, { ...heavy, bias: [0, 2 ** 31 - 1] }))).toBe(3);
    expect(left(read(6, { ...heavy, bias: [0, 2 ** 31 - 112_000] }))).toBe(3);
  });
});

it('stays where other layers share its weights, and a copy without it would take more than it saves', () => {
  const cutFor = (readers: 'one' | 'both'): boolean => {
    const builder = new GraphBuilder('shared');
    const stuck = stuckAt(builder, 0);
    const whole = builder.input('whole', [1, 4, 4, 3], 'int8', scale(-20));
    const data = Int8Array.from({ length: 54 }, (_, i) => ((i * 53) % 201) - 100);
    const filter = builder.constant('w2', [2, 3, 3, 3], data, 'int8', oneScale);
    const layers = (readers === 'one' ? [stuck] : [stuck, whole]).map((id) =>
      builder.add('CONV_2D', [id, filter], {}, { origin: `reader of ${id}`, outputQuantization: scale(5, 1) }),
    );
    const graph = builder.finish(layers);
    return removeConstantChannels(graph).graph !== graph;
  };
  expect([cutFor('one'), cutFor('both')]).toEqual([true, false]);
});

it('lets a channel go that changes but is multiplied by zeros only', () => {
  const unread = (_: number, place: number, channel: number): number => (channel === 2 ? 0 : place + channel);
  expect(left(read(0, { padding: 'SAME', weight: unread }))).toBe(1);
});

/** The stuck layer, then a depthwise one, then a 1x1 layer that reads all. */
function chain(
  real: 0 | 6,
  padding: 'SAME' | 'VALID',
  second?: (builder: GraphBuilder, id: TensorId) => TensorId,
): Graph {
  const builder = new GraphBuilder('chain');
  const stuck = stuckAt(builder, real);
  const data = Int8Array.from({ length: 27 }, (_, i) => 40 - ((i * 29) % 81));
  const depthwise = builder.add(
    'DEPTHWISE_CONV_2D',
    [
      stuck,
      builder.constant('d', [1, 3, 3, 3], data, 'int8', oneScale),
      builder.constant('e', [3], Int32Array.of(9, 300, -8), 'int32'),
    ],
    { padding },
    { origin: 'depthwise', outputQuantization: scale(7) },
  );
  const last = builder.constant('v', [2, 1, 1, 3], Int8Array.of(3, 70, -90, 50, -60, 20), 'int8', oneScale);
  const output = builder.add('CONV_2D', [depthwise, last], {}, { origin: 'last', outputQuantization: scale(0) });
  return builder.finish(second === undefined ? [output] : [output, second(builder, stuck)]);
}

describe('a stuck channel before a depthwise layer', () => {
  it('goes through it to the layer behind, where a bias is made', () => {
    const { graph } = removeConstantChannels(chain(6, 'VALID'));
    expect(graph.nodes.map(({ outputs }) => tensorAt(graph, outputs[0]!).shape.at(-1))).toEqual([2, 2, 2]);
    expect(graph.nodes[2]!.inputs).toHaveLength(3);
    expect(left(chain(6, 'VALID'))).toBe(2);
  });

  it('stays where the border makes another number of it', () => {
    expect(left(chain(6, 'SAME'))).toBe(3);
    expect(left(chain(0, 'SAME'))).toBe(2);
  });

  it('stays where somebody else needs it', () => {
    const sum = (builder: GraphBuilder, id: TensorId): TensorId =>
      builder.add('ADD', [id, id], {}, { origin: 'sum', outputQuantization: scale(-100) });
    expect(left(chain(0, 'SAME', sum))).toBe(3);
  });
});

it('leaves graph outputs, float graphs and graphs without such channels as they are', () => {
  const builder = new GraphBuilder('outputs');
  const graph = builder.finish([stuckAt(builder, 6)]);
  expect(removeConstantChannels(graph)).toEqual({ graph, steps: [] });
  const real = new GraphBuilder('float');
  const zeros = real.constant('w', [2, 1, 1, 1], new Float32Array(2), 'float32');
  const float = real.finish([real.add('CONV_2D', [real.input('x', [1, 2, 2, 1]), zeros], {}, { origin: 'conv' })]);
  expect(removeConstantChannels(float).graph).toBe(float);
});

it('says what went, why, and what is saved', () => {
  const { steps } = removeConstantChannels(read(6, { padding: 'VALID' }));
  expect(steps.map(({ what }) => what)).toEqual([
    'stuck: computes 1 of 3 channels no more: 1 constant for every input; 6 bytes and 32 MACs less',
    'reader: reads 1 of 3 channels no more; 18 bytes and 72 MACs less',
  ]);
});
