// Rewrites that move arithmetic into constants: the outputs stay, the nodes go, and they hold back where they must.
import { GraphBuilder, verify, type FusedActivation, type Graph, type TensorId } from '@wherry/graph';
import { greatestDifference, randomTensor } from '../testing/random-values.js';
import { foldConstants } from './fold-constants.js';
import { foldIntoFollowing } from './fold-into-following.js';
import { foldIntoPreceding } from './fold-into-preceding.js';
import type { Rewrite } from './rewrite.js';

const kinds = (graph: Graph): string[] => graph.nodes.map(({ kind }) => kind);

function rewritten(rewrite: Rewrite, graph: Graph): Graph {
  return verify(rewrite.apply(graph), rewrite.name);
}

function constant(builder: GraphBuilder, name: string, shape: readonly number[], seed: number): TensorId {
  return builder.constant(name, shape, randomTensor(shape, seed), 'float32');
}

/** Convolution, depthwise or dense layer between an input and whatever `behind` adds. */
function layerOn(
  builder: GraphBuilder,
  kind: 'CONV_2D' | 'DEPTHWISE_CONV_2D' | 'FULLY_CONNECTED',
  input: TensorId,
  activation: FusedActivation,
  padding: 'SAME' | 'VALID' = 'SAME',
): TensorId {
  const filter = { CONV_2D: [6, 3, 3, 4], DEPTHWISE_CONV_2D: [1, 3, 3, 8], FULLY_CONNECTED: [6, 4] }[kind];
  const channels = kind === 'DEPTHWISE_CONV_2D' ? 8 : 6;
  const inputs = [input, constant(builder, 'w', filter, 1), constant(builder, 'b', [channels], 2)];
  if (kind === 'FULLY_CONNECTED') return builder.add(kind, inputs, { activation }, { origin: 'layer' });
  return kind === 'CONV_2D'
    ? builder.add(kind, inputs, { activation, padding }, { origin: 'layer' })
    : builder.add(kind, inputs, { activation, padding, depthMultiplier: 2 }, { origin: 'layer' });
}

describe('fold-into-preceding', () => {
  it.each(['CONV_2D', 'DEPTHWISE_CONV_2D', 'FULLY_CONNECTED'] as const)(
    'takes scale, shift and activation into %s',
    (kind) => {
      const builder = new GraphBuilder('normalized');
      const input = builder.input('x', kind === 'FULLY_CONNECTED' ? [1, 4] : [1, 5, 5, 4], 'float32');
      const layer = layerOn(builder, kind, input, 'NONE');
      const channels = kind === 'DEPTHWISE_CONV_2D' ? 8 : 6;
      const scaled = builder.add(
        'MUL',
        [layer, constant(builder, 's', [channels], 3)],
        { activation: 'NONE' },
        { origin: 'bn' },
      );
      const shifted = builder.add(
        'SUB',
        [constant(builder, 't', [channels], 4), scaled],
        { activation: 'RELU' },
        { origin: 'bn' },
      );
      const before = builder.finish([shifted]);
      const after = rewritten(foldIntoPreceding, before);
      expect(kinds(after)).toEqual([kind]);
      expect(after.nodes[0]!.attributes).toMatchObject({ activation: 'RELU' });
      expect(greatestDifference(before, after)).toBeLessThan(1e-4);
    },
  );

  it.each([
    ['the layer has an activation', 'RELU' as const, false],
    ['someone else reads the layer', 'NONE' as const, true],
  ])('holds back when %s', (_why, activation, read) => {
    const builder = new GraphBuilder('held');
    const layer = layerOn(builder, 'CONV_2D', builder.input('x', [1, 5, 5, 4], 'float32'), activation);
    const scaled = builder.add(
      'MUL',
      [layer, constant(builder, 's', [6], 3)],
      { activation: 'NONE' },
      { origin: 'bn' },
    );
    const before = builder.finish(read ? [scaled, layer] : [scaled]);
    expect(foldIntoPreceding.apply(before)).toBe(before);
  });

  it.each([
    ['NONE', ['TRANSPOSE_CONV']],
    ['RELU', ['TRANSPOSE_CONV', 'MUL']],
  ] as const)(
    'goes into a transposed convolution with the activation %s only where it may end so',
    (activation, left) => {
      const builder = new GraphBuilder('transposed');
      const layer = builder.add(
        'TRANSPOSE_CONV',
        [
          builder.indices('size', [1, 6, 6, 5]),
          constant(builder, 'w', [5, 3, 3, 4], 1),
          builder.input('x', [1, 3, 3, 4], 'float32'),
        ],
        { strideH: 2, strideW: 2 },
        { origin: 'layer' },
      );
      const scale = constant(builder, 's', [5], 3);
      const before = builder.finish([builder.add('MUL', [layer, scale], { activation }, { origin: 'bn' })]);
      const after = rewritten(foldIntoPreceding, before);
      expect(kinds(after)).toEqual(left);
      expect(greatestDifference(before, after)).toBeLessThan(1e-4);
    },
  );

  it('holds back when the constant varies over the image', () => {
    const builder = new GraphBuilder('image');
    const layer = layerOn(builder, 'CONV_2D', builder.input('x', [1, 5, 5, 4], 'float32'), 'NONE');
    const before = builder.finish([
      builder.add('ADD', [layer, constant(builder, 's', [1, 5, 5, 6], 3)], { activation: 'NONE' }, { origin: 'add' }),
    ]);
    expect(foldIntoPreceding.apply(before)).toBe(before);
  });
});

describe('fold-into-following', () => {
  function scaledInput(
    kind: 'CONV_2D' | 'DEPTHWISE_CONV_2D',
    arithmetic: 'MUL' | 'ADD',
    padding: 'SAME' | 'VALID',
    activation: FusedActivation = 'NONE',
  ): Graph {
    const builder = new GraphBuilder('scaled');
    const scaled = builder.add(
      arithmetic,
      [builder.input('x', [1, 5, 5, 4], 'float32'), constant(builder, 's', [4], 3)],
      { activation },
      { origin: 'scale' },
    );
    return builder.finish([layerOn(builder, kind, scaled, 'NONE', padding)]);
  }

  it.each([
    ['CONV_2D', 'MUL', 'SAME'],
    ['CONV_2D', 'ADD', 'VALID'],
    ['DEPTHWISE_CONV_2D', 'MUL', 'SAME'],
    ['DEPTHWISE_CONV_2D', 'ADD', 'VALID'],
  ] as const)('takes into %s a %s before %s padding', (kind, arithmetic, padding) => {
    const before = scaledInput(kind, arithmetic, padding);
    const after = rewritten(foldIntoFollowing, before);
    expect(kinds(after)).toEqual([kind]);
    expect(greatestDifference(before, after)).toBeLessThan(1e-4);
  });

  it('holds back from a shift before zero padding, and from an activation', () => {
    for (const before of [scaledInput('CONV_2D', 'ADD', 'SAME'), scaledInput('CONV_2D', 'MUL', 'VALID', 'RELU')]) {
      expect(foldIntoFollowing.apply(before)).toBe(before);
    }
  });
});

describe('fold-constants', () => {
  it('computes a chain on constants and on shapes', () => {
    const builder = new GraphBuilder('shapes');
    const input = builder.input('x', [1, 2, 3, 4], 'float32');
    const shape = builder.add('SHAPE', [input], {}, { origin: 'shape' });
    const sum = builder.add(
      'ADD',
      [constant(builder, 'a', [4], 1), constant(builder, 'b', [4], 2)],
      { activation: 'NONE' },
      { origin: 'sum' },
    );
    const shifted = builder.add('ADD', [input, sum], { activation: 'NONE' }, { origin: 'shift' });
    const before = builder.finish([
      builder.add('RESHAPE', [shifted, shape], {}, { origin: 'reshape', outputShape: [1, 2, 3, 4] }),
    ]);
    const after = rewritten(foldConstants, before);
    expect(kinds(after)).toEqual(['ADD', 'RESHAPE']);
    expect(greatestDifference(before, after)).toBe(0);
  });

  it('leaves alone what depends on an input, what is an output, and what would grow without need', () => {
    const builder = new GraphBuilder('held');
    const input = builder.input('x', [1, 4], 'float32');
    const sum = builder.add(
      'ADD',
      [constant(builder, 'a', [4], 1), constant(builder, 'b', [4], 2)],
      { activation: 'NONE' },
      { origin: 'sum' },
    );
    const large = builder.add(
      'ADD',
      [constant(builder, 'c', [300, 1], 1), constant(builder, 'd', [1, 300], 2)],
      { activation: 'NONE' },
      { origin: 'large' },
    );
    const less = builder.add(
      'MEAN',
      [large, builder.constant('axes', [2], Int32Array.of(0, 1), 'int32')],
      { keepDims: false },
      { origin: 'mean' },
    );
    const before = builder.finish([
      sum,
      builder.add('ADD', [input, less], { activation: 'NONE' }, { origin: 'shift' }),
    ]);
    expect(foldConstants.apply(before)).toBe(before);
  });
});
