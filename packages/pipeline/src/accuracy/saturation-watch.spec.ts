// Which ends of a scale count as cut off: not those that the float model has itself.
import { GraphBuilder, type FusedActivation, type Graph, type Quantization } from '@wherry/graph';
import { SaturationWatch } from './saturation-watch.js';

/** One dense layer whose output has the scale that is given. */
function graphOf(activation: FusedActivation, scale: number, zeroPoint: number): Graph {
  const quantization = (own: number, zero: number): Quantization => ({ scale: [own], zeroPoint: [zero], axis: 0 });
  const builder = new GraphBuilder('g');
  const input = builder.input('x', [1, 1], 'int8', quantization(1, 0));
  const weights = builder.constant('w', [1, 1], Int8Array.of(1), 'int8', quantization(1, 0));
  const bias = builder.constant('b', [1], Int32Array.of(0), 'int32', quantization(1, 0));
  const output = builder.add(
    'FULLY_CONNECTED',
    [input, weights, bias],
    { activation },
    { origin: 'dense', outputQuantization: quantization(scale, zeroPoint) },
  );
  return builder.finish([output]);
}

/** Share of -128, 127, 127 and 0. */
function shareOf(graph: Graph): number | undefined {
  const watch = new SaturationWatch(graph);
  const [output] = graph.outputs as [number];
  if (!watch.wants(output)) return undefined;
  watch.see(output, Int8Array.of(-128, 127));
  watch.see(output, Int8Array.of(127, 0));
  return watch.tensors[0]!.share;
}

it.each<readonly [string, FusedActivation, number, number, number | undefined]>([
  ['both ends', 'NONE', 0.1, 0, 0.75],
  ['the upper end behind RELU, whose zeros are its own', 'RELU', 0.1, -128, 0.5],
  ['no end behind RELU6 whose scale goes to 6', 'RELU6', 6 / 255, -128, undefined],
  ['the upper end behind RELU6 whose scale goes to 4', 'RELU6', 4 / 255, -128, 0.5],
  ['the upper end of what was never negative', 'NONE', 0.1, -128, 0.5],
  ['the lower end of what was never positive', 'NONE', 0.1, 127, 0.25],
])('counts %s', (_, activation, scale, zeroPoint, share) => {
  expect(shareOf(graphOf(activation, scale, zeroPoint))).toBe(share);
});

it('has nothing to look at where nothing is quantized, or the specification fixes the scale', () => {
  const builder = new GraphBuilder('real');
  const input = builder.input('x', [1, 2], 'float32');
  const real = builder.finish([builder.add('ADD', [input, input], {}, { origin: 'sum' })]);
  expect(new SaturationWatch(real).hasTensors).toBe(false);
  expect(new SaturationWatch(graphOf('NONE', 1, 0)).wants(0)).toBe(false);
});
