// Rewrites across reshapes: what a Conv1D and its neighbours are made of comes together, and nothing is computed otherwise.
import { GraphBuilder, verify, type Graph, type TensorId } from '@wherry/graph';
import { greatestDifference, randomTensor } from '../testing/random-values.js';
import { foldIntoFollowing } from './fold-into-following.js';
import { liftOverReshapes } from './lift-over-reshapes.js';
import { mergeReshapes } from './merge-reshapes.js';
import { optimize } from './optimize.js';

const kinds = (graph: Graph): string[] => graph.nodes.map(({ kind }) => kind);

/** A graph that is written in few words: what each operator is on, and the constants it takes. */
class Sketch {
  readonly builder = new GraphBuilder('sketch');
  #seed = 0;

  input(...shape: number[]): TensorId {
    return this.builder.input(`x${this.#seed++}`, shape, 'float32');
  }

  constant(...shape: number[]): TensorId {
    return this.builder.constant(`c${this.#seed}`, shape, randomTensor(shape, ++this.#seed), 'float32');
  }

  reshape(x: TensorId, ...shape: number[]): TensorId {
    const target = this.builder.constant('shape', [shape.length], Int32Array.from(shape), 'int32');
    return this.builder.add('RESHAPE', [x, target], {}, { origin: 'reshape', outputShape: shape });
  }

  convolution(x: TensorId, channels: number, padding: 'SAME' | 'VALID' = 'SAME'): TensorId {
    const filter = this.constant(channels, 1, 3, this.builder.tensor(x).shape[3]!);
    return this.builder.add('CONV_2D', [x, filter, this.constant(channels)], { padding }, { origin: 'conv' });
  }

  binary(kind: 'MUL' | 'ADD' | 'SUB' | 'DIV', a: TensorId, b: TensorId): TensorId {
    return this.builder.add(kind, [a, b], {}, { origin: 'arithmetic' });
  }

  unary(kind: 'RELU' | 'TANH' | 'LOGISTIC' | 'SOFTMAX', x: TensorId): TensorId {
    return this.builder.add(kind, [x], {}, { origin: 'activation' });
  }

  prelu(x: TensorId, ...slopes: number[]): TensorId {
    return this.builder.add('PRELU', [x, this.constant(...slopes)], {}, { origin: 'prelu' });
  }

  finish(...outputs: TensorId[]): Graph {
    return this.builder.finish(outputs);
  }
}

type Draw = (sketch: Sketch) => TensorId | readonly TensorId[];

function drawn(draw: Draw): Graph {
  const sketch = new Sketch();
  return sketch.finish(...[draw(sketch)].flat());
}

/** A convolution of a sequence, and the sequence that comes of it. */
function conv1d(s: Sketch, x: TensorId, channels: number, padding: 'SAME' | 'VALID' = 'SAME'): TensorId {
  const [, steps, depth] = s.builder.tensor(x).shape as [number, number, number];
  const image = s.convolution(s.reshape(x, 1, 1, steps, depth), channels, padding);
  return s.reshape(image, 1, s.builder.tensor(image).shape[2]!, channels);
}

describe('lift-over-reshapes', () => {
  it.each<readonly [string, Draw, readonly string[]]>([
    [
      'arithmetic with one value, with one per channel and with one per element',
      (s) => {
        const x = conv1d(s, s.input(1, 8, 3), 4);
        const scaled = s.binary('DIV', s.binary('MUL', x, s.constant(1, 1, 4)), s.constant());
        return s.binary('SUB', s.constant(8, 4), scaled);
      },
      ['RESHAPE', 'CONV_2D', 'MUL', 'DIV', 'SUB', 'RESHAPE'],
    ],
    [
      'activations, whatever becomes of the last dimension',
      (s) => s.unary('TANH', s.unary('RELU', s.reshape(s.convolution(s.input(1, 1, 4, 3), 4), 1, 2, 8))),
      ['CONV_2D', 'RELU', 'TANH', 'RESHAPE'],
    ],
    [
      'a PRELU with slopes along all of a sequence',
      (s) => s.prelu(conv1d(s, s.input(1, 8, 3), 4), 8, 4),
      ['RESHAPE', 'CONV_2D', 'PRELU', 'RESHAPE'],
    ],
    [
      'what two sequences come together in, and their activation',
      (s) => {
        const x = s.input(1, 8, 3);
        return s.unary('RELU', s.binary('ADD', conv1d(s, x, 4), conv1d(s, x, 4)));
      },
      ['RESHAPE', 'CONV_2D', 'RESHAPE', 'CONV_2D', 'ADD', 'RELU', 'RESHAPE'],
    ],
    [
      'what reads a sequence twice',
      (s) => {
        const x = conv1d(s, s.input(1, 8, 3), 4);
        return s.binary('MUL', x, s.unary('LOGISTIC', x));
      },
      ['RESHAPE', 'CONV_2D', 'LOGISTIC', 'MUL', 'RESHAPE'],
    ],
    [
      'a chain from one convolution to the next, though its middle is an output',
      (s) => {
        const activated = s.unary('TANH', conv1d(s, s.input(1, 8, 3), 4));
        return [conv1d(s, activated, 4), activated];
      },
      ['RESHAPE', 'CONV_2D', 'TANH', 'RESHAPE', 'RESHAPE', 'CONV_2D', 'RESHAPE'],
    ],
  ])('brings %s in front', (_what, draw, expected) => {
    const before = drawn(draw);
    const after = verify(liftOverReshapes.apply(before), 'lift-over-reshapes');
    expect(kinds(after)).toEqual(expected);
    expect(liftOverReshapes.apply(after)).toBe(after);
    expect(greatestDifference(before, after)).toBe(0);
    expect(after.outputs.map((id) => after.tensors[id]!.shape)).toEqual(
      before.outputs.map((id) => before.tensors[id]!.shape),
    );
  });

  it.each<readonly [string, Draw]>([
    [
      'one value per channel where the channels change',
      (s) => s.binary('MUL', s.reshape(s.convolution(s.input(1, 1, 4, 3), 4), 1, 2, 8), s.constant(8)),
    ],
    ['one value per step', (s) => s.binary('MUL', conv1d(s, s.input(1, 8, 3), 4), s.constant(8, 1))],
    [
      'a constant that makes more of the values',
      (s) => s.binary('ADD', s.reshape(s.convolution(s.input(1, 1, 4, 3), 4), 4, 4), s.constant(2, 1, 1)),
    ],
    ['what is no matter of single elements', (s) => s.unary('SOFTMAX', conv1d(s, s.input(1, 8, 3), 4))],
    ['what no layer is before', (s) => s.unary('TANH', s.reshape(s.input(1, 8, 3), 1, 1, 8, 3))],
    [
      'what two shapes come together in',
      (s) => s.binary('ADD', conv1d(s, s.input(1, 8, 3), 4), s.reshape(s.convolution(s.input(1, 2, 4, 3), 4), 1, 8, 4)),
    ],
    [
      'what reads a sequence that is needed beside it',
      (s) => {
        const x = conv1d(s, s.input(1, 8, 3), 4);
        return [s.unary('TANH', x), x];
      },
    ],
  ])('holds back from %s', (_what, draw) => {
    const before = drawn(draw);
    expect(liftOverReshapes.apply(before)).toBe(before);
  });
});

describe('merge-reshapes', () => {
  it('reads what the first one read, and says the shape in full', () => {
    const before = drawn((s) => {
      const squeezed = s.builder.add(
        'SQUEEZE',
        [s.reshape(s.input(1, 8, 3), 1, 1, 8, 3)],
        { dimensions: [1] },
        { origin: 'squeeze' },
      );
      return s.unary('TANH', s.reshape(squeezed, 4, 6));
    });
    const after = verify(mergeReshapes.apply(before), 'merge-reshapes');
    expect(kinds(after)).toEqual(['RESHAPE', 'TANH']);
    expect(greatestDifference(before, after)).toBe(0);
    expect(mergeReshapes.apply(after)).toBe(after);
  });

  it('takes one for two that do the same, but leaves an output its own writer', () => {
    const twice = (asOutput: boolean) =>
      drawn((s) => {
        const x = s.input(1, 8, 3);
        const [one, other] = [s.reshape(x, 4, 6), s.reshape(x, 4, 6)];
        const both = s.binary('MUL', s.unary('TANH', one), s.unary('LOGISTIC', other));
        return asOutput ? [both, other] : both;
      });
    const after = verify(mergeReshapes.apply(twice(false)), 'merge-reshapes');
    expect(kinds(after)).toEqual(['RESHAPE', 'TANH', 'LOGISTIC', 'MUL']);
    expect(greatestDifference(twice(false), after)).toBe(0);
    const held = twice(true);
    expect(mergeReshapes.apply(held)).toBe(held);
  });

  it('makes a reshape of what squeezes another shape', () => {
    const before = drawn((s) =>
      s.builder.add('SQUEEZE', [s.reshape(s.input(2, 12), 1, 24)], { dimensions: [0] }, { origin: 'squeeze' }),
    );
    const after = verify(mergeReshapes.apply(before), 'merge-reshapes');
    expect(kinds(after)).toEqual(['RESHAPE']);
    expect(greatestDifference(before, after)).toBe(0);
  });
});

it('arithmetic goes into the layer behind a reshape that keeps the channels', () => {
  const scaled = (padding: 'SAME' | 'VALID', kind: 'MUL' | 'ADD') =>
    drawn((s) => conv1d(s, s.binary(kind, s.input(1, 8, 3), s.constant(3)), 4, padding));
  for (const before of [scaled('SAME', 'MUL'), scaled('VALID', 'ADD')]) {
    const after = verify(foldIntoFollowing.apply(before), 'fold-into-following');
    expect(kinds(after)).toEqual(['RESHAPE', 'CONV_2D', 'RESHAPE']);
    expect(greatestDifference(before, after)).toBeLessThan(1e-5);
  }
  const moved = drawn((s) => {
    const x = s.binary('MUL', s.input(1, 8, 3), s.constant(3));
    return s.convolution(s.reshape(x, 1, 1, 4, 6), 2);
  });
  for (const before of [scaled('SAME', 'ADD'), moved]) expect(foldIntoFollowing.apply(before)).toBe(before);
});

it('Conv1D, BatchNormalization and an activation become one layer, however many there are', () => {
  const before = drawn((s) => {
    const block = (x: TensorId): TensorId => {
      const scaled = s.binary('MUL', conv1d(s, x, 4), s.constant(4));
      return s.unary('RELU', s.binary('ADD', scaled, s.constant(4)));
    };
    const padded = s.reshape(block(s.input(1, 8, 3)), 1, 1, 8, 4);
    const causal = s.builder.add(
      'PAD',
      [padded, s.builder.indices('pads', [0, 0, 0, 0, 2, 0, 0, 0], [4, 2])],
      {},
      { origin: 'pad' },
    );
    return block(s.reshape(s.convolution(causal, 4, 'VALID'), 1, 8, 4));
  });
  const { graph: after, steps } = optimize(before);
  expect(kinds(after)).toEqual(['RESHAPE', 'CONV_2D', 'PAD', 'CONV_2D', 'CONV_2D', 'RESHAPE']);
  expect(steps.map(({ rewrite }) => rewrite)).toContain('lift-over-reshapes');
  expect(greatestDifference(before, after)).toBeLessThan(1e-4);
});
