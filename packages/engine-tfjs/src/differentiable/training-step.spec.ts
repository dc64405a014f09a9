// What a trainer does with a graph, on every backend that is here: steps that lower a loss, alike each time, and leave nothing.
import { GraphBuilder, tensorAt, type Graph, type TensorId } from '@wherry/graph';
import { randomValues } from '@wherry/graph/cases';
import { backendsHere } from '../testing/backends.js';
import { differentiableEngine, type DifferentiableEngine } from './differentiable-engine.js';

const random = randomValues('training step');
const values = (length: number): Float32Array => Float32Array.from({ length }, () => random() * 2 - 1);

/** A separable network as the demo's: convolution, depthwise and pointwise ones, mean, dense layer. */
function network(): Graph {
  const builder = new GraphBuilder('network');
  const weights = (name: string, shape: number[]): TensorId =>
    builder.constant(name, shape, values(shape.reduce((product, size) => product * size)), 'float32');
  const image = builder.input('image', [1, 8, 8, 1]);
  const steps = { padding: 'SAME', activation: 'RELU6' } as const;
  const stem = builder.add('CONV_2D', [image, weights('a', [4, 3, 3, 1]), weights('b', [4])], steps, {
    origin: 'stem',
  });
  const depthwise = builder.add(
    'DEPTHWISE_CONV_2D',
    [stem, weights('c', [1, 3, 3, 4]), weights('d', [4])],
    { ...steps, strideH: 2, strideW: 2 },
    { origin: 'depthwise' },
  );
  const point = builder.add('CONV_2D', [depthwise, weights('e', [8, 1, 1, 4])], steps, { origin: 'pointwise' });
  const mean = builder.add('MEAN', [point, builder.indices('axes', [1, 2])], {}, { origin: 'mean' });
  const dense = builder.add('FULLY_CONNECTED', [mean, weights('f', [3, 8])], {}, { origin: 'dense' });
  return builder.finish([dense]);
}

const graph = network();
const images = values(16 * 64);
const classes = Int32Array.from({ length: 16 }, () => Math.floor(random() * 3));

interface Trained {
  readonly losses: readonly number[];
  readonly weights: readonly number[];
  readonly tensorsLeft: number;
}

function train({ tf, differentiable }: DifferentiableEngine): Trained {
  const before = tf.memory().numTensors;
  const trained = differentiable(graph);
  const ids = graph.tensors.flatMap(({ data, dtype }, id) => (data !== undefined && dtype === 'float32' ? [id] : []));
  const variables = new Map(
    ids.map((id) => {
      const { data, shape } = tensorAt(graph, id);
      return [id, tf.tidy(() => tf.variable(tf.tensor(data as Float32Array, [...shape])))];
    }),
  );
  const fed = tf.tensor(images, [16, 8, 8, 1]);
  const wanted = tf.tidy(() => tf.oneHot(tf.tensor1d(classes, 'int32'), 3));
  const optimizer = tf.train.adam(0.02);
  const all = [...variables.values()];
  const losses = Array.from({ length: 30 }, () =>
    tf.tidy(() => {
      const loss = (): ReturnType<typeof tf.scalar> =>
        tf.losses.softmaxCrossEntropy(wanted, trained.run([fed], { variables })[0]!);
      return optimizer.minimize(loss, true, all)!.dataSync()[0]!;
    }),
  );
  const weights = all.flatMap((variable) => Array.from(variable.dataSync()));
  optimizer.dispose();
  trained.dispose();
  tf.dispose([...all, fed, wanted]);
  return { losses, weights, tensorsLeft: tf.memory().numTensors - before };
}

describe.each(await backendsHere())('%s', (backend) => {
  it('lowers the loss, to the same weights each time, and leaves no tensor behind', async () => {
    const engine = await differentiableEngine(backend);
    const [first, second] = [train(engine), train(engine)];
    expect(first.losses.at(-1)).toBeLessThan(0.8 * first.losses[0]!);
    expect(second.weights).toEqual(first.weights);
    expect([first.tensorsLeft, second.tensorsLeft]).toEqual([0, 0]);
  });
});
