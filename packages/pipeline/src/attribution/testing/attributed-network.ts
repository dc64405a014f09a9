// A small network of convolutions, a depthwise one, an addition and a pooling: layers in which faults can be planted.
import { GraphBuilder, type Graph, type TensorId } from '@wherry/graph';

/** Values in [-1, 1) that look irregular and are the same everywhere. */
function irregular(index: number): number {
  const x = Math.imul(index + 1, 2654435761) >>> 0;
  return ((x ^ (x >>> 13)) >>> 0) / 2 ** 31 - 1;
}

/** Input [1, 8, 8, 3], `classes` scores. `seed`: of its weights; `channels`: of the layers between. */
export function attributedNetwork({ seed = 1, channels = 8, classes = 5 } = {}): Graph {
  const builder = new GraphBuilder('attributed');
  let drawn = seed * 100_003;
  const constant = (name: string, shape: readonly number[], scale: number): TensorId => {
    const size = shape.reduce((product, each) => product * each, 1);
    const data = Float32Array.from({ length: size }, () => scale * irregular(drawn++));
    return builder.constant(name, shape, data, 'float32');
  };
  const convolution = (origin: string, input: TensorId, from: number, kernel: number, activation = 'RELU'): TensorId =>
    builder.add(
      'CONV_2D',
      [
        input,
        constant(`${origin}/w`, [channels, kernel, kernel, from], 1.7 / Math.sqrt(from * kernel * kernel)),
        constant(`${origin}/b`, [channels], 0.1),
      ],
      { activation: activation as 'RELU' },
      { origin },
    );
  const input = builder.input('picture', [1, 8, 8, 3], 'float32');
  const first = convolution('first', input, 3, 3);
  const depthwise = builder.add(
    'DEPTHWISE_CONV_2D',
    [first, constant('depthwise/w', [1, 3, 3, channels], 0.6), constant('depthwise/b', [channels], 0.1)],
    { activation: 'RELU' },
    { origin: 'depthwise' },
  );
  const second = convolution('second', depthwise, channels, 1, 'NONE');
  const sum = builder.add('ADD', [second, first], { activation: 'RELU' }, { origin: 'sum' });
  const third = convolution('third', sum, channels, 3);
  const pooled = builder.add(
    'AVERAGE_POOL_2D',
    [third],
    { filterH: 4, filterW: 4, strideH: 4, strideW: 4, padding: 'VALID' },
    { origin: 'pool' },
  );
  const flat = builder.add(
    'FULLY_CONNECTED',
    [
      pooled,
      constant('dense/w', [classes, 4 * channels], 2 / Math.sqrt(4 * channels)),
      constant('dense/b', [classes], 0.2),
    ],
    {},
    { origin: 'dense' },
  );
  return builder.finish([builder.add('SOFTMAX', [flat], { beta: 1 }, { origin: 'scores' })]);
}
