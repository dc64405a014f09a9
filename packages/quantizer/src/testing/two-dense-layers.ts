// Two dense layers whose channels between them can be evened out, one of which hardly wakes, for the tests of this package.
import { GraphBuilder, type Graph, type TensorData } from '@wherry/graph';
import { randomValues } from './random-values.js';

/** Of three inputs, the last one is read by the last of the four channels alone, by weights as large as the others'. */
export function twoDenseLayers(): Graph {
  const builder = new GraphBuilder('two dense layers');
  const dense = (input: number, name: string, outputs: number, weights: Float32Array): number =>
    builder.add(
      'FULLY_CONNECTED',
      [
        input,
        builder.constant(`${name} weights`, [outputs, weights.length / outputs], weights, 'float32'),
        builder.constant(`${name} bias`, [outputs], new Float32Array(outputs), 'float32'),
      ],
      {},
      { origin: name },
    );
  const first = Float32Array.of(1, 0.5, 0, -0.5, 1, 0, 0.9, -0.7, 0, 0, 0, 1.1);
  const hidden = dense(builder.input('x', [1, 3], 'float32'), 'first', 4, first);
  return builder.finish([dense(hidden, 'second', 2, randomValues(8, 4))]);
}

/** The last input stays within `awake`, the others within 1. */
export function samplesFor(count: number, awake: number): readonly (readonly TensorData[])[] {
  return Array.from({ length: count }, (_, i) => [
    randomValues(3, i + 1).map((value, at) => (at === 2 ? awake * value : value)),
  ]);
}
