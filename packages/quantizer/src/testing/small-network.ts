// A small float network with every kind of scale in it, and samples for it, for the tests of this package.
import { GraphBuilder, referenceEngine, type Graph, type TensorData } from '@wherry/graph';
import { calibrate, type CrossCalibration } from '../calibrate/calibrate.js';
import { SampleReservoir, type JudgedSample } from '../select/sample-reservoir.js';
import { randomTensor } from './random-values.js';

/** Convolution, pooling (shares scales), addition (calibrated), dense layer, SOFTMAX (fixed). Input [1, 6, 6, 2], 4 classes. */
export function smallNetwork(): Graph {
  const builder = new GraphBuilder('small');
  const constant = (name: string, shape: readonly number[], seed: number) =>
    builder.constant(name, shape, randomTensor(shape, seed), 'float32');
  const input = builder.input('image', [1, 6, 6, 2], 'float32');
  const convolution = builder.add(
    'CONV_2D',
    [input, constant('w1', [3, 3, 3, 2], 1), constant('b1', [3], 2)],
    { activation: 'RELU' },
    { origin: 'conv' },
  );
  const pool = builder.add(
    'MAX_POOL_2D',
    [convolution],
    { filterH: 2, filterW: 2, strideH: 2, strideW: 2 },
    { origin: 'pool' },
  );
  const sum = builder.add('ADD', [pool, constant('offset', [3], 3)], { activation: 'NONE' }, { origin: 'add' });
  const dense = builder.add(
    'FULLY_CONNECTED',
    [sum, constant('w2', [4, 27], 4), constant('b2', [4], 5)],
    {},
    { origin: 'dense' },
  );
  return builder.finish([builder.add('SOFTMAX', [dense], { beta: 1 }, { origin: 'classes' })]);
}

export function samplesOf(graph: Graph, count: number, magnitude = 1): readonly (readonly TensorData[])[] {
  return Array.from({ length: count }, (_, i) =>
    graph.inputs.map((id, position) =>
      randomTensor(graph.tensors[id]!.shape, 100 + i + 1000 * position).map((value) => value * magnitude),
    ),
  );
}

export function calibrated(graph: Graph, samples: readonly (readonly TensorData[])[]): Promise<CrossCalibration> {
  return calibrate(graph, referenceEngine, streamed(samples), { count: samples.length });
}

/** With the samples to judge candidates by: all of them. */
export async function judgedCalibration(
  graph: Graph,
  samples: readonly (readonly TensorData[])[],
): Promise<{ readonly calibration: CrossCalibration; readonly judged: readonly JudgedSample[] }> {
  const reservoir = new SampleReservoir(samples.length);
  const calibration = await calibrate(graph, referenceEngine, streamed(samples), { reservoir, count: samples.length });
  return { calibration, judged: reservoir.samples };
}

async function* streamed(samples: readonly (readonly TensorData[])[]): AsyncGenerator<readonly TensorData[], void> {
  yield* samples;
}
