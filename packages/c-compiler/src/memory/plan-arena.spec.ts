// Where tensors lie: as low as the orders of access allow, and no lower.
import { GraphBuilder, statesOf, type Graph } from '@wherry/graph';
import { casesOf } from '@wherry/graph/cases';
import { kernelCalls } from '../compile-model.js';
import { trailingDistance } from '../access/trailing-distance.js';
import { planArena, type ArenaPlan } from './plan-arena.js';
import { replay } from './replay.js';

const int8 = { scale: [0.1], zeroPoint: [0], axis: 0 };

/** A convolution of 3x3 over [1, 8, 8, 4] that leaves as much. */
function convolve(builder: GraphBuilder, x: number, origin: string): number {
  const filter = builder.constant('w', [4, 3, 3, 4], new Int8Array(4 * 3 * 3 * 4).fill(1), 'int8', int8);
  return builder.add('CONV_2D', [x, filter], {}, { origin, outputQuantization: int8 });
}

/** Three of them, with a residual over the last two. */
function residual(): Graph {
  const builder = new GraphBuilder('residual');
  const first = convolve(builder, builder.input('x', [1, 8, 8, 4], 'int8', int8), 'first');
  const third = convolve(builder, convolve(builder, first, 'second'), 'third');
  return builder.finish([builder.add('ADD', [first, third], {}, { origin: 'sum', outputQuantization: int8 })]);
}

const image = 8 * 8 * 4;

it('lets a convolution overwrite the rows that it has read', () => {
  const graph = residual();
  const calls = kernelCalls(graph);
  // A row and two pixels more: where the window of the pixel that is written begins.
  expect(trailingDistance(calls[0]![0]!.access!, 0)).toBe(-(8 + 2) * 4);
  const { places, layout } = planArena(graph, calls);
  // Two images are needed at once beside the patch of the padding; what the convolutions trail by comes on top, not a third one.
  expect(places.bytes).toBe(8 * Math.ceil((2 * image + (8 + 2) * 4 + 3 * 3 * 4) / 8));
  // The second reads what the sum needs later.
  expect(layout.overlaps).toHaveLength(4);
});

it('lets a sum stand where both of its operands stood', () => {
  const graph = residual();
  const { access } = kernelCalls(graph)[3]![0]!;
  expect([0, 1].map((position) => trailingDistance(access!, position))).toEqual([0, 0]);
});

describe('the replay finds', () => {
  const builder = new GraphBuilder('one');
  const graph = builder.finish([convolve(builder, builder.input('x', [1, 8, 8, 4], 'int8', int8), 'only')]);
  const calls = kernelCalls(graph);
  const sound = planArena(graph, calls);
  const blockOf = (id: number): number => sound.blockOf.get(id)!;
  const [input, output] = [blockOf(graph.inputs[0]!), blockOf(graph.outputs[0]!)];
  const scratch = sound.layout.blocks.findIndex(({ tensors }) => tensors.length === 0);
  const placed = (block: number, at: number): ArenaPlan => {
    const offsets = sound.places.offsets.map((offset, i) => (i === block ? at : offset));
    return { ...sound, places: { offsets, bytes: sound.places.bytes + image } };
  };
  const inputAt = sound.places.offsets[input]!;

  it('nothing in the plan that is made', () => {
    expect(replay(graph, sound)).toBeUndefined();
  });

  it('an output that is too near to its input', () => {
    const nearest = inputAt + trailingDistance(calls[0]![0]!.access!, 0);
    expect(replay(graph, placed(output, nearest))).toBeUndefined();
    expect(replay(graph, placed(output, nearest + 1))).toBe('only overwrites what it still reads');
  });

  it('scratch on what is read, and on what is written', () => {
    expect(replay(graph, placed(scratch, inputAt))).toBe('only reads what is overwritten');
    const outputAt = sound.places.offsets[output]!;
    expect(replay(graph, placed(scratch, outputAt))).toMatch(/only (does not leave all|reads what)/);
  });
});

describe('a state', () => {
  const { graph } = casesOf('SVDF').find(({ type }) => type.from === 'int8')!;
  const calls = kernelCalls(graph);
  const sound = planArena(graph, calls);
  const block = sound.blockOf.get(statesOf(graph)[0]!)!;

  it('is in use from before the inputs are written to behind the last layer', () => {
    expect(sound.layout.blocks[block]).toMatchObject({ firstStep: -1, lastStep: 1 });
    expect(replay(graph, sound)).toBeUndefined();
  });

  it.each([
    ['an input that is written for the next run', graph.inputs[0]!, /reads what is overwritten/],
    ['an output', graph.outputs[0]!, /does not leave all of its output|overwrites what it still reads/],
  ] as const)('is not where %s lies: the replay finds it', (_, id, fault) => {
    const at = sound.places.offsets[sound.blockOf.get(id)!]!;
    const offsets = sound.places.offsets.map((offset, i) => (i === block ? at : offset));
    const moved = { ...sound, places: { offsets, bytes: sound.places.bytes + image } };
    expect(replay(graph, moved)).toMatch(fault);
  });

  it('is kept until the next run: the replay finds a later layer that writes there', () => {
    const builder = new GraphBuilder('behind');
    const scaled = { ...int8, scale: [0.125] };
    const filter = (name: string, shape: readonly [number, number]): number =>
      builder.constant(name, shape, new Int8Array(shape[0] * shape[1]).fill(1), 'int8', scaled);
    const operands = [
      builder.input('x', [1, 4], 'int8', scaled),
      filter('feature', [2, 4]),
      filter('time', [2, 3]),
      builder.constant('bias', [2], Int32Array.of(0, 0), 'int32'),
      builder.state('memory', [1, 6], 'int8', scaled),
    ];
    const filtered = builder.add('SVDF', operands, { rank: 1 }, { origin: 'svdf', outputQuantization: scaled });
    const last = builder.add('RELU', [filtered], {}, { origin: 'behind', outputQuantization: scaled });
    const two = builder.finish([last]);
    const plan = planArena(two, kernelCalls(two));
    expect(replay(two, plan)).toBeUndefined();
    const both = [statesOf(two)[0]!, last].map((id) => plan.blockOf.get(id)!);
    const offsets = plan.places.offsets.map((offset, i) => (both.includes(i) ? plan.places.bytes : offset));
    const moved = { ...plan, places: { offsets, bytes: plan.places.bytes + image } };
    expect(replay(two, moved)).toBe('state memory is overwritten');
  });
});

describe('int64', () => {
  /** An input of four bytes beside what is cast from it and to it. */
  const casts = (from: 'int32' | 'int64', to: 'int32' | 'int64'): Graph => {
    const builder = new GraphBuilder('casts');
    const inputs = [1, 3, 5].map((size) => builder.input(`x${size}`, [size], from));
    return builder.finish(inputs.map((id) => builder.add('CAST', [id], {}, { origin: `cast ${id}`, outputDtype: to })));
  };

  it.each([
    ['of the inputs', casts('int64', 'int32'), 8],
    ['of the outputs', casts('int32', 'int64'), 8],
    ['nowhere', casts('int32', 'int32'), 4],
  ] as const)('%s: every block begins where such a number may', (_, graph, alignment) => {
    const { layout, places } = planArena(graph, kernelCalls(graph));
    expect(layout.alignment).toBe(alignment);
    expect(Math.min(...places.offsets.map((offset) => (offset % 8 === 0 ? 8 : 4)))).toBe(alignment);
  });
});
