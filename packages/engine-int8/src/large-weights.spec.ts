// Weights too large to be kept packed are packed into memory that may have been another graph's.
import { evaluate, singleOperatorGraph, type Quantization } from '@wherry/graph';
import { int8Engine } from './index.js';
import { leftToReference, Random } from './testing/against-reference.js';

it('multiplies by nothing of a graph that had the memory before, where large weights have no partner', async () => {
  const [depth, units] = [1027, 1024];
  const random = new Random(23);
  const engine = int8Engine();
  const flat: Quantization = { scale: [1], zeroPoint: [0], axis: 0 };
  const before = singleOperatorGraph('RELU', [{ shape: [1, 4_000_000], dtype: 'int8', quantization: flat }], {}, flat);
  const weights: Quantization = {
    scale: new Array<number>(units).fill(2 ** -7),
    zeroPoint: new Array<number>(units).fill(0),
    axis: 0,
  };
  const graph = singleOperatorGraph(
    'FULLY_CONNECTED',
    [
      { shape: [1, depth], dtype: 'int8', quantization: flat },
      { shape: [units, depth], dtype: 'int8', data: random.int8([units, depth]), quantization: weights },
    ],
    {},
    { scale: [64], zeroPoint: [0], axis: 0 },
  );
  expect(leftToReference(graph)).toEqual([]);
  const feed = random.int8([1, depth]);
  const used = await engine.prepare(before);
  await used.run([new Int8Array(4_000_000).fill(127)]);
  used.dispose();
  const executor = await engine.prepare(graph);
  expect(await executor.run([feed])).toEqual(evaluate(graph, [feed]));
  executor.dispose();
});
