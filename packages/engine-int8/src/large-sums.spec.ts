// Sums so large that the kernels' arithmetic would leave an int32: the reference computes such layers.
import { evaluate, GraphBuilder, type Quantization } from '@wherry/graph';
import { int8Engine } from './index.js';

const scaled = (scale: number, zeroPoint = 0): Quantization => ({ scale: [scale], zeroPoint: [zeroPoint], axis: 0 });

/** Outputs of a dense layer of `depth` equal weights and inputs 255 above their zero point, its sums divided by about 2^30. */
async function outputs(depth: number, weight: number, bias: number) {
  const builder = new GraphBuilder('large');
  const x = builder.input('x', [1, depth], 'int8', scaled(1, -128));
  const w = builder.constant('w', [8, depth], new Int8Array(8 * depth).fill(weight), 'int8', scaled(0.99));
  const b = builder.constant('b', [8], new Int32Array(8).fill(bias), 'int32', scaled(0.99));
  const made = { origin: 'sum', outputQuantization: scaled(2 ** 30) };
  const graph = builder.finish([builder.add('FULLY_CONNECTED', [x, w, b], {}, made)]);
  const feeds = [new Int8Array(depth).fill(127)];
  const executor = await int8Engine().prepare(graph);
  const [given] = await executor.run(feeds);
  return { given: [...(given as Int8Array)], wanted: [...(evaluate(graph, feeds)[0] as Int8Array)] };
}

it.each([
  ['of many products', 60_000, 127, 0, 2],
  ['of many negative products', 60_000, -127, 0, -2],
  ['of a bias', 2, 1, 2_000_000_000, 2],
  ['that the kernels still hold', 30_000, 127, 0, 1],
])('%s', async (_, depth, weight, bias, value) => {
  const { given, wanted } = await outputs(depth, weight, bias);
  expect(wanted).toEqual(new Array(8).fill(value));
  expect(given).toEqual(wanted);
});
