// The optimizers of TensorFlow.js, and their inner values as plain data.
import type * as Tfjs from '@tensorflow/tfjs-core';
import type { Tf } from './differentiable.js';
import type { OptimizerName } from './training-settings.js';

export interface NamedValues {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

export class Optimizer {
  readonly #optimizer: Tfjs.Optimizer;

  constructor(
    private readonly tf: Tf,
    name: OptimizerName,
    rate: number,
  ) {
    const momentum = 0.9;
    const make: { readonly [N in OptimizerName]: () => Tfjs.Optimizer } = {
      adam: () => tf.train.adam(rate),
      sgd: () => tf.train.sgd(rate),
      momentum: () => tf.train.momentum(rate, momentum),
      rmsprop: () => tf.train.rmsprop(rate),
    };
    this.#optimizer = make[name]();
  }

  apply(gradients: Tfjs.NamedTensorMap, rate: number): void {
    // All four read it at each step; that of `sgd` is kept as a tensor, which its setter makes.
    const optimizer = this.#optimizer as Tfjs.Optimizer & {
      learningRate: number;
      setLearningRate?: (rate: number) => void;
    };
    if (optimizer.setLearningRate === undefined) optimizer.learningRate = rate;
    else optimizer.setLearningRate(rate);
    optimizer.applyGradients(gradients);
  }

  async values(): Promise<NamedValues[]> {
    const weights = await this.#optimizer.getWeights();
    return Promise.all(
      weights.map(async ({ name, tensor }) => ({
        name,
        shape: tensor.shape,
        values: Float32Array.from(await tensor.data()),
      })),
    );
  }

  /** What is restored goes on as if it had been set so from the start, for whoever restores the same. */
  async restore(values: readonly NamedValues[]): Promise<void> {
    await this.#optimizer.setWeights(
      values.map(({ name, shape, values: data }) => ({ name, tensor: this.tf.tensor(data, [...shape]) })),
    );
  }

  dispose(): void {
    this.#optimizer.dispose();
  }
}
