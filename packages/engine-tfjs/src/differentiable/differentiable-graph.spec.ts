// Graphs as functions of inputs and variables: samples at once, what may stand in the place of a value, and refusals.
import { evaluate, GraphBuilder, type Graph } from '@wherry/graph';
import { randomValues } from '@wherry/graph/cases';
import { differentiableEngine } from './differentiable-engine.js';

const { tf, differentiable } = await differentiableEngine('wasm');

const random = randomValues('differentiable graph');
const values = (length: number): Float32Array => Float32Array.from({ length }, () => random() * 2 - 1);

/** Convolution, a transposition of the samples' dimension with another, a dense layer. */
function network(): {
  readonly graph: Graph;
  readonly filter: number;
  readonly image: number;
  readonly turned: number;
} {
  const builder = new GraphBuilder('network');
  const image = builder.input('image', [1, 4, 4, 2]);
  const filter = builder.constant('filter', [3, 2, 2, 2], values(24), 'float32');
  const conv = builder.add('CONV_2D', [image, filter], { padding: 'SAME', strideH: 2, strideW: 2 }, { origin: 'conv' });
  const order = builder.indices('order', [1, 0, 2, 3]);
  const turned = builder.add('TRANSPOSE', [conv, order], {}, { origin: 'turned' });
  const flat = builder.add('RESHAPE', [turned, builder.indices('flat', [1, 12])], {}, { origin: 'flat' });
  const weights = builder.constant('weights', [3, 12], values(36), 'float32');
  const dense = builder.add('FULLY_CONNECTED', [flat, weights], {}, { origin: 'dense' });
  return { graph: builder.finish([builder.add('SOFTMAX', [dense], {}, { origin: 'scores' })]), filter, image, turned };
}

const near = (answer: ArrayLike<number>, expected: ArrayLike<number>): void => {
  expect(answer.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) expect(answer[i]).toBeCloseTo(expected[i]!, 5);
};

it.each([1, 3])('runs %d samples at once as the reference runs each', (samples) => {
  const { graph } = network();
  const feeds = Array.from({ length: samples }, () => values(32));
  const prepared = differentiable(graph);
  const fed = tf.tensor4d(Float32Array.from(feeds.flatMap((one) => [...one])), [samples, 4, 4, 2]);
  const answer = tf.tidy(() => prepared.run([fed], { variables: new Map() })[0]!.dataSync());
  near(
    answer,
    feeds.flatMap((one) => [...(evaluate(graph, [one])[0] as Float32Array)]),
  );
});

it('takes a variable in the place of a constant, and takes it anew at every run', () => {
  const { graph, filter } = network();
  const prepared = differentiable(graph);
  const feed = values(32);
  for (const other of [values(24), values(24)]) {
    const tensors = graph.tensors.map((tensor, id) => (id === filter ? { ...tensor, data: other } : tensor));
    const variables = new Map([[filter, tf.tensor(other, [3, 2, 2, 2])]]);
    const answer = tf.tidy(() => prepared.run([tf.tensor(feed, [1, 4, 4, 2])], { variables })[0]!.dataSync());
    near(answer, evaluate({ ...graph, tensors }, [feed])[0] as Float32Array);
  }
});

it('asks once for every value what is to stand in its place, and computes with that', () => {
  const { graph, filter, image } = network();
  const prepared = differentiable(graph);
  const seen: number[] = [];
  const [feed, held] = [values(32), values(24)];
  const answer = tf.tidy(() => {
    const variables = new Map([[filter, tf.tensor(held, [3, 2, 2, 2])]]);
    const at = (id: number, tensor: ReturnType<typeof tf.tensor>): ReturnType<typeof tf.tensor> => {
      seen.push(id);
      return id === filter || id === image ? tf.mul(tensor, 0.5) : tensor;
    };
    return prepared.run([tf.tensor(feed, [1, 4, 4, 2])], { variables, at })[0]!.dataSync();
  });
  const half = (all: Float32Array): Float32Array => all.map((value) => value / 2);
  const tensors = graph.tensors.map((tensor, id) => (id === filter ? { ...tensor, data: half(held) } : tensor));
  near(answer, evaluate({ ...graph, tensors }, [half(feed)])[0] as Float32Array);
  const written = graph.nodes.flatMap(({ outputs }) => outputs);
  expect([...seen].sort((a, b) => a - b)).toEqual([image, filter, ...written].sort((a, b) => a - b));
});

it('leaves no tensor behind', () => {
  const { graph, filter } = network();
  const before = tf.memory().numTensors;
  const prepared = differentiable(graph);
  tf.tidy(() => {
    const variable = tf.tensor(values(24), [3, 2, 2, 2]);
    const loss = (given: ReturnType<typeof tf.tensor>): ReturnType<typeof tf.scalar> =>
      tf.sum(
        tf.square(prepared.run([tf.tensor(values(64), [2, 4, 4, 2])], { variables: new Map([[filter, given]]) })[0]!),
      );
    tf.grad(loss)(variable);
  });
  prepared.dispose();
  expect(tf.memory().numTensors).toBe(before);
});

describe('a layer without a gradient', () => {
  function resized(): { readonly graph: Graph; readonly before: number; readonly behind: number } {
    const builder = new GraphBuilder('resized');
    const image = builder.input('image', [1, 2, 2, 1]);
    const before = builder.constant('before', [1], values(1), 'float32');
    const scaled = builder.add('MUL', [image, before], {}, { origin: 'scaled' });
    const size = builder.indices('size', [4, 4]);
    const large = builder.add('RESIZE_BILINEAR', [scaled, size], {}, { origin: 'upsampling' });
    const behind = builder.constant('behind', [1], values(1), 'float32');
    return { graph: builder.finish([builder.add('MUL', [large, behind], {}, { origin: 'last' })]), before, behind };
  }

  const gradient = (graph: Graph, id: number) => (): unknown =>
    tf.tidy(() => {
      const run = (given: ReturnType<typeof tf.tensor>): ReturnType<typeof tf.scalar> =>
        tf.sum(differentiable(graph).run([tf.ones([2, 2, 2, 1])], { variables: new Map([[id, given]]) })[0]!);
      return tf
        .grad(run)(tf.tensor1d([2]))
        .dataSync();
    });

  it('is named when a gradient would have to pass it, and does not stop what stands behind it', () => {
    const { graph, before, behind } = resized();
    expect(gradient(graph, before)).toThrow(/GRADIENT_UNAVAILABLE: .*RESIZE_BILINEAR.*\n?.*upsampling/s);
    const [scale] = graph.tensors[before]!.data as Float32Array;
    expect((gradient(graph, behind)() as Float32Array)[0]! / 32).toBeCloseTo(scale!, 5);
  });
});

describe('what does not belong to the graph is refused', () => {
  const { graph, filter, image, turned } = network();
  const prepared = differentiable(graph);
  const fed = tf.zeros([1, 4, 4, 2]);

  it.each([
    ['no input', [], [], /input image is given \[\]/],
    ['one input too many', [fed, fed], [], /2 inputs of 1 samples for a graph of 1/],
    ['half a sample', [tf.zeros([1, 4, 2, 2])], [], /input image is given \[1, 4, 2, 2\]/],
    ['a variable for an input', [fed], [[image, fed]], /image is no float32 constant/],
    ['a variable for what a node writes', [fed], [[turned, fed]], /turned is no float32 constant/],
    [
      'a variable of another shape',
      [fed],
      [[filter, fed]],
      /variable for filter is \[1, 4, 4, 2\], not \[3, 2, 2, 2\]/,
    ],
  ] as const)('%s', (_what, inputs, variables, message) => {
    expect(() => prepared.run([...inputs], { variables: new Map(variables as never) })).toThrow(message);
  });

  it('a variable that only a node computed in advance reads', () => {
    const builder = new GraphBuilder('folded');
    const input = builder.input('x', [1, 2]);
    const [first, second] = ['first', 'second'].map((name) => builder.constant(name, [2], values(2), 'float32'));
    const sum = builder.add('ADD', [first!, second!], {}, { origin: 'sum' });
    const folded = builder.finish([builder.add('ADD', [input, sum], {}, { origin: 'out' })]);
    const run = (id: number) => (): unknown =>
      differentiable(folded).run([tf.zeros([1, 2])], { variables: new Map([[id, tf.zeros([2])]]) });
    expect(run(first!)).toThrow(/first is read by a node that is computed in advance/);
    expect(run(sum)).not.toThrow();
  });
});
