// Rewrites that make one node of two, or none: the outputs stay, and they hold back where they must.
import { GraphBuilder, verify, type FusedActivation, type Graph, type TensorId } from '@wherry/graph';
import { greatestDifference, randomTensor } from '../testing/random-values.js';
import { absorbFlatten } from './absorb-flatten.js';
import { completeBias } from './complete-bias.js';
import { fuseActivation } from './fuse-activation.js';
import { fusePad } from './fuse-pad.js';
import { optimize } from './optimize.js';
import { removeIdentities } from './remove-identities.js';
import type { Rewrite } from './rewrite.js';

const kinds = (graph: Graph): string[] => graph.nodes.map(({ kind }) => kind);

function rewritten(rewrite: Rewrite, graph: Graph): Graph {
  return verify(rewrite.apply(graph), rewrite.name);
}

function constant(builder: GraphBuilder, name: string, shape: readonly number[], seed: number): TensorId {
  return builder.constant(name, shape, randomTensor(shape, seed), 'float32');
}

describe('fuse-activation', () => {
  function clamped(first: FusedActivation, clamp: 'RELU' | 'RELU6', outputs: 'clamp' | 'both' = 'clamp'): Graph {
    const builder = new GraphBuilder('clamped');
    const input = builder.input('x', [1, 4], 'float32');
    const layer = builder.add(
      'FULLY_CONNECTED',
      [input, constant(builder, 'w', [6, 4], 1)],
      { activation: first },
      { origin: 'layer' },
    );
    const relu = builder.add(clamp, [layer], {}, { origin: 'relu' });
    return builder.finish(outputs === 'both' ? [relu, layer] : [relu]);
  }

  it.each([
    ['NONE', 'RELU', 'RELU'],
    ['NONE', 'RELU6', 'RELU6'],
    ['RELU', 'RELU6', 'RELU6'],
    ['RELU6', 'RELU', 'RELU6'],
  ] as const)('makes %s and then %s %s', (first, clamp, both) => {
    const before = clamped(first, clamp);
    const after = rewritten(fuseActivation, before);
    expect(kinds(after)).toEqual(['FULLY_CONNECTED']);
    expect(after.nodes[0]!.attributes).toMatchObject({ activation: both });
    expect(greatestDifference(before, after, { magnitude: 20 })).toBe(0);
  });

  it('holds back from clamps that do not merge, and when the unclamped values are read', () => {
    for (const before of [clamped('RELU_N1_TO_1', 'RELU'), clamped('NONE', 'RELU', 'both')])
      expect(fuseActivation.apply(before)).toBe(before);
  });
});

describe('fuse-pad', () => {
  function padded(top: number, bottom: number, stride: number, size = 8): Graph {
    const builder = new GraphBuilder('padded');
    const amounts = Int32Array.of(0, 0, top, bottom, top, bottom, 0, 0);
    const pad = builder.add(
      'PAD',
      [builder.input('x', [1, size, size, 2], 'float32'), builder.constant('p', [4, 2], amounts, 'int32')],
      {},
      { origin: 'pad' },
    );
    const attributes = { padding: 'VALID', strideH: stride, strideW: stride } as const;
    return builder.finish([
      builder.add('CONV_2D', [pad, constant(builder, 'w', [3, 3, 3, 2], 1)], attributes, { origin: 'conv' }),
    ]);
  }

  it.each([
    [1, 1, 1, 8],
    [0, 1, 2, 8],
    [1, 1, 2, 7],
  ])('fuses %i before and %i behind at stride %i into SAME', (top, bottom, stride, size) => {
    const before = padded(top, bottom, stride, size);
    const after = optimize(before).graph;
    expect(rewritten(fusePad, before).nodes.at(-1)!.attributes).toMatchObject({ padding: 'SAME' });
    expect(kinds(after)).toEqual(['CONV_2D']);
    expect(greatestDifference(before, after)).toBe(0);
  });

  it('holds back when SAME would start elsewhere or give another size', () => {
    for (const before of [padded(1, 1, 2), padded(2, 2, 1), padded(1, 0, 1)])
      expect(fusePad.apply(before)).toBe(before);
  });
});

describe('absorb-flatten', () => {
  function flattened(shape: readonly number[], rows: number, depth: number): Graph {
    const builder = new GraphBuilder('flattened');
    const flat = builder.add(
      'RESHAPE',
      [builder.input('x', shape, 'float32'), builder.constant('s', [2], Int32Array.of(rows, depth), 'int32')],
      {},
      { origin: 'flatten', outputShape: [rows, depth] },
    );
    return builder.finish([
      builder.add('FULLY_CONNECTED', [flat, constant(builder, 'w', [3, depth], 1)], {}, { origin: 'dense' }),
    ]);
  }

  it('feeds the tensor as it is', () => {
    const before = flattened([1, 2, 2, 3], 1, 12);
    const after = optimize(before).graph;
    expect(kinds(after)).toEqual(['FULLY_CONNECTED']);
    expect(greatestDifference(before, after)).toBe(0);
  });

  it('holds back from vectors, and from what does not only reshape', () => {
    const builder = new GraphBuilder('moved');
    const moved = builder.add(
      'TRANSPOSE',
      [builder.input('x', [2, 3], 'float32'), builder.constant('p', [2], Int32Array.of(1, 0), 'int32')],
      {},
      { origin: 'transpose' },
    );
    const transposed = builder.finish([
      builder.add('FULLY_CONNECTED', [moved, constant(builder, 'w', [3, 2], 1)], {}, { origin: 'dense' }),
    ]);
    for (const before of [flattened([12], 1, 12), transposed]) expect(absorbFlatten.apply(before)).toBe(before);
  });
});

describe('remove-identities', () => {
  it('drops what changes nothing and keeps what changes something', () => {
    const builder = new GraphBuilder('same');
    const input = builder.input('x', [1, 4], 'float32');
    const one = builder.add(
      'MUL',
      [input, builder.constant('one', [1], Float32Array.of(1), 'float32')],
      { activation: 'NONE' },
      { origin: 'one' },
    );
    const clamp = builder.add(
      'ADD',
      [one, builder.constant('zero', [1], Float32Array.of(0), 'float32')],
      { activation: 'RELU' },
      { origin: 'clamp' },
    );
    const zero = builder.add(
      'SUB',
      [clamp, builder.constant('null', [1], Float32Array.of(0), 'float32')],
      { activation: 'NONE' },
      { origin: 'zero' },
    );
    const before = builder.finish([builder.add('TANH', [zero], {}, { origin: 'tanh' })]);
    const after = rewritten(removeIdentities, before);
    expect(kinds(after)).toEqual(['ADD', 'TANH']);
    expect(greatestDifference(before, after)).toBe(0);
  });

  it('leaves a graph output its own writer', () => {
    const builder = new GraphBuilder('through');
    const input = builder.input('x', [1, 4], 'float32');
    const before = builder.finish([
      builder.add(
        'MUL',
        [input, builder.constant('one', [1], Float32Array.of(1), 'float32')],
        { activation: 'NONE' },
        { origin: 'one' },
      ),
    ]);
    expect(removeIdentities.apply(before)).toBe(before);
  });

  it('takes 0 - x for what it is', () => {
    const builder = new GraphBuilder('negated');
    const negated = builder.add(
      'SUB',
      [builder.constant('zero', [1], Float32Array.of(0), 'float32'), builder.input('x', [1, 4], 'float32')],
      { activation: 'NONE' },
      { origin: 'negate' },
    );
    const before = builder.finish([builder.add('TANH', [negated], {}, { origin: 'tanh' })]);
    expect(greatestDifference(before, removeIdentities.apply(before))).toBe(0);
  });
});

describe('complete-bias', () => {
  function bare(kind: 'CONV_2D' | 'FULLY_CONNECTED'): Graph {
    const builder = new GraphBuilder('bare');
    const convolution = kind === 'CONV_2D';
    const inputs = [
      builder.input('x', convolution ? [1, 4, 4, 2] : [1, 2], 'float32'),
      constant(builder, 'w', convolution ? [3, 3, 3, 2] : [3, 2], 1),
    ];
    return builder.finish([
      convolution
        ? builder.add(kind, inputs, {}, { origin: 'layer' })
        : builder.add(kind, inputs, {}, { origin: 'layer' }),
    ]);
  }

  it('gives a convolution zeros, once', () => {
    const before = bare('CONV_2D');
    const after = rewritten(completeBias, before);
    expect(after.tensors[after.nodes[0]!.inputs[2]!]).toMatchObject({ shape: [3], data: new Float32Array(3) });
    expect(greatestDifference(before, after)).toBe(0);
    expect(completeBias.apply(after)).toBe(after);
  });

  it('leaves a dense layer as it is', () => {
    const before = bare('FULLY_CONNECTED');
    expect(completeBias.apply(before)).toBe(before);
  });
});
