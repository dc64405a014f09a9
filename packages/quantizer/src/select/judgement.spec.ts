// What is measured of outputs: their own units, the steps of a fixed scale, and what counts of logits.
import { GraphBuilder, type Graph } from '@wherry/graph';
import { judgedTensors, judgements, OutputMeter } from './judgement.js';

function ending(kind: 'SOFTMAX' | 'LOGISTIC' | 'RELU', shape: readonly number[], reshaped?: readonly number[]): Graph {
  const builder = new GraphBuilder('end');
  const input = builder.add('TANH', [builder.input('x', shape, 'float32')], {}, { origin: 't' });
  const last = builder.add(kind, [input], kind === 'SOFTMAX' ? { beta: 1 } : {}, { origin: 'last' });
  if (reshaped === undefined) return builder.finish([last]);
  const to = builder.constant('to', [reshaped.length], Int32Array.from(reshaped), 'int32');
  return builder.finish([builder.add('RESHAPE', [last, to], {}, { origin: 'r', outputShape: reshaped })]);
}

const meterOf = (graph: Graph, ...expected: readonly (readonly number[])[]): OutputMeter =>
  new OutputMeter(
    judgements(graph)[0]!,
    expected.map((values) => Float32Array.from(values)),
    'int8',
  );

it('stands in front of a final operator with a fixed scale, through reshapes', () => {
  const graph = ending('SOFTMAX', [1, 4], [2, 2]);
  expect(judgedTensors(graph)).toEqual(graph.nodes.find(({ kind }) => kind === 'SOFTMAX')!.inputs);
  const plain = ending('RELU', [1, 4]);
  expect(judgedTensors(plain)).toEqual(plain.outputs);
});

it('measures values in their own units, small and large samples alike', () => {
  const meter = meterOf(ending('RELU', [1, 2]), [3, 4], [0, 0]);
  expect(meter.power).toEqual({ reported: 12.5, judged: 12.5 });
  const half = { scale: [0.5], zeroPoint: [1], axis: 0 };
  expect(meter.noise(0, Int8Array.of(7, 7), half)).toEqual({ reported: 1, judged: 1 });
  expect(meter.noise(1, Int8Array.of(1, 3), half)).toEqual({ reported: 1, judged: 1 });
});

it('reports probabilities with the steps of their scale, and judges logits where they count', () => {
  const meter = meterOf(ending('SOFTMAX', [1, 3]), [2, 0, -40]);
  const floor = 3 / 256 ** 2 / 12;
  const same = meter.noise(0, Float32Array.of(2, 0, -40), undefined);
  expect(same.reported).toBeCloseTo(floor, 12);
  expect(same.judged).toBe(0);
  // A shift of all, and whatever happens far below, change nothing.
  expect(meter.noise(0, Float32Array.of(5, 3, -37), undefined).judged).toBeCloseTo(0, 9);
  expect(meter.noise(0, Float32Array.of(2, 0, -14), undefined).judged).toBeLessThan(1e-4);
  const near = meter.noise(0, Float32Array.of(2, 1, -40), undefined);
  expect(near.judged).toBeGreaterThan(0.05);
  const p = (gap: number): number => 1 / (1 + Math.exp(-gap));
  expect(near.reported).toBeCloseTo(2 * (p(2) - p(1)) ** 2 + floor, 6);
});

it('gives a certain sample a say: its logits count though its probabilities do not move', () => {
  const meter = meterOf(ending('LOGISTIC', [1, 1]), [12]);
  const { reported, judged } = meter.noise(0, Float32Array.of(11), undefined);
  expect(reported).toBeCloseTo(1 / 256 ** 2 / 12, 8);
  expect(judged).toBeGreaterThan(0.1);
});
