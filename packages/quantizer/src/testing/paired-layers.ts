// A small float network with channels that can be evened out, for the tests of this package.
import { GraphBuilder, type Graph } from '@wherry/graph';
import { randomTensor } from './random-values.js';

/** Two dense layers whose channels between them differ, so that they can be evened out. */
export function pairedLayers(): Graph {
  const builder = new GraphBuilder('paired');
  const first = randomTensor([6, 8], 1).map((value, i) => value * 4 ** Math.floor(i / 8));
  const second = randomTensor([3, 6], 2).map((value, i) => value / 4 ** (i % 6));
  const hidden = builder.add(
    'FULLY_CONNECTED',
    [
      builder.input('x', [1, 8], 'float32'),
      builder.constant('w1', [6, 8], first, 'float32'),
      builder.constant('b1', [6], randomTensor([6], 3), 'float32'),
    ],
    { activation: 'RELU' },
    { origin: 'hidden' },
  );
  const [weights, bias] = [second, randomTensor([3], 4)];
  const scores = [
    hidden,
    builder.constant('w2', [3, 6], weights, 'float32'),
    builder.constant('b2', [3], bias, 'float32'),
  ];
  return builder.finish([builder.add('FULLY_CONNECTED', scores, {}, { origin: 'scores' })]);
}
