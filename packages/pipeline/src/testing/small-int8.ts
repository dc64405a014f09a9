// A small int8 network as a file has it: a convolution and a dense layer, weights by chance that are the same in every run.
import { GraphBuilder, type Graph, type Quantization } from '@wherry/graph';

const scaled = (scale: number, zeroPoint = 0): Quantization => ({
  scale: [Math.fround(scale)],
  zeroPoint: [zeroPoint],
  axis: 0,
});

export function smallInt8(): Graph {
  let state = 7;
  const weights = (length: number): Int8Array =>
    Int8Array.from({ length }, () => ((state = (Math.imul(state, 1664525) + 1013904223) >>> 0) >>> 24) - 128 || 1);
  const builder = new GraphBuilder('small');
  const image = builder.input('image', [1, 5, 5, 1], 'int8', scaled(0.05, -3));
  const filter = builder.constant('filter', [4, 3, 3, 1], weights(36), 'int8', scaled(0.01));
  const edges = builder.add(
    'CONV_2D',
    [image, filter],
    { padding: 'VALID', activation: 'RELU' },
    { origin: 'edges', outputQuantization: scaled(0.1, -128) },
  );
  const flat = builder.add(
    'RESHAPE',
    [edges, builder.indices('shape', [1, 36])],
    {},
    { origin: 'flat', outputQuantization: scaled(0.1, -128) },
  );
  const dense = builder.constant('dense', [6, 36], weights(216), 'int8', scaled(0.01));
  const scores = builder.add(
    'FULLY_CONNECTED',
    [flat, dense],
    {},
    { origin: 'scores', outputQuantization: scaled(0.3, 5) },
  );
  return builder.finish([scores]);
}
