// An int8 network of five operators, with two outputs and weights by chance that are the same in every run.
import { GraphBuilder, type Graph, type Quantization } from '@wherry/graph';
import { chanceOf } from '../simulation/chance.js';

const scaled = (scale: number, zeroPoint = 0): Quantization => ({
  scale: [Math.fround(scale)],
  zeroPoint: [zeroPoint],
  axis: 0,
});

export function smallNetwork(seed = 1): Graph {
  const chance = chanceOf(seed);
  const weights = (length: number): Int8Array => Int8Array.from({ length }, () => Math.floor(chance() * 255) - 127);
  const builder = new GraphBuilder('small');
  const image = builder.input('image', [1, 4, 4, 2], 'int8', scaled(0.05, 3));
  const filter = builder.constant('filter', [3, 3, 3, 2], weights(54), 'int8', {
    scale: [0.01, 0.02, 0.015].map(Math.fround),
    zeroPoint: [0, 0, 0],
    axis: 0,
  });
  const edges = builder.add('CONV_2D', [image, filter], { padding: 'SAME', activation: 'RELU' }, options('edges', 0.1));
  const pooled = builder.add(
    'MAX_POOL_2D',
    [edges],
    { filterH: 2, filterW: 2, strideH: 2, strideW: 2 },
    options('pool', 0.1),
  );
  const flat = builder.add('RESHAPE', [pooled, builder.indices('shape', [1, 12])], {}, options('flat', 0.1));
  const dense = builder.constant('dense', [5, 12], weights(60), 'int8', scaled(0.01));
  const scores = builder.add('FULLY_CONNECTED', [flat, dense], {}, options('scores', 0.2));
  const likely = builder.add(
    'SOFTMAX',
    [scores],
    {},
    { origin: 'likely', outputQuantization: { scale: [1 / 256], zeroPoint: [-128], axis: 0 } },
  );
  return builder.finish([likely, pooled]);
}

function options(origin: string, scale: number): { origin: string; outputQuantization: Quantization } {
  return { origin, outputQuantization: scaled(scale, -100) };
}

/** What `smallNetwork` takes. */
export function smallInput(seed: number): Uint8Array {
  const chance = chanceOf(seed);
  return Uint8Array.from({ length: 32 }, () => Math.floor(chance() * 256));
}
