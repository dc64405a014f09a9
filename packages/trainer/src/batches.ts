// Samples in batches, as tensors: in an order that is drawn for each epoch.
import { elementCount, tensorAt, type Graph, type TensorData } from '@wherry/graph';
import type * as Tfjs from '@tensorflow/tfjs-core';
import { augmented, isPlain } from './augment.js';
import type { Tf } from './differentiable.js';
import { randomFrom, shuffled } from './random.js';
import type { TrainingSettings } from './training-settings.js';

export interface TrainingSample {
  /** Real-valued feeds, one per graph input. */
  readonly inputs: readonly TensorData[];
  /** The truth for each head, of the size of its scores or values; undefined where it is not known. */
  readonly truths: readonly (Float32Array | undefined)[];
}

/** Positions of samples. */
export type Batch = readonly number[];

/** Batches of one epoch, every sample once; the last may be smaller. */
export function batchesOf(
  count: number,
  { batch, seed }: Pick<TrainingSettings, 'batch' | 'seed'>,
  epoch: number | 'in order',
): Batch[] {
  const order =
    epoch === 'in order' ? Array.from({ length: count }, (_, i) => i) : shuffled(count, randomFrom(seed, epoch));
  return Array.from({ length: Math.ceil(count / batch) }, (_, i) => order.slice(i * batch, (i + 1) * batch));
}

/** The inputs of a batch, one behind the other along dimension 0; changed as declared where an `epoch` is given. */
export function inputTensors(
  tf: Tf,
  graph: Graph,
  samples: readonly TrainingSample[],
  batch: Batch,
  drawn?: { readonly settings: Pick<TrainingSettings, 'augmentation' | 'seed'>; readonly epoch: number },
): Tfjs.Tensor[] {
  return graph.inputs.map((id, position) => {
    const { shape, dtype } = tensorAt(graph, id);
    const size = elementCount(shape);
    const isFloat = dtype === 'float32';
    const all = isFloat ? new Float32Array(size * batch.length) : new Int32Array(size * batch.length);
    batch.forEach((sample, at) => {
      const values = samples[sample]!.inputs[position]!;
      if (drawn === undefined || !isFloat || isPlain(drawn.settings.augmentation))
        for (let i = 0; i < size; i++) all[at * size + i] = Number(values[i]);
      else {
        const random = randomFrom(drawn.settings.seed, drawn.epoch, sample, 7);
        all.set(augmented(values as Float32Array, shape, drawn.settings.augmentation, random), at * size);
      }
    });
    const batched = shape.length === 0 ? [batch.length] : [shape[0]! * batch.length, ...shape.slice(1)];
    return tf.tensor(all, batched, isFloat ? 'float32' : 'int32');
  });
}
