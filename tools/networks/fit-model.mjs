// Fits a model to samples in their order with Adam, whose rate falls to zero as a cosine: the same model and data give the same weights.
import tf from '@tensorflow/tfjs-core';

/**
 * @param model a tf.LayersModel; changed in place
 * @param {{ x: tf.Tensor, y: tf.Tensor }} samples disposed of at the end
 * @param {{ loss: string, metric?: string, epochs: number, batch: number, rate: number }} training `rate`: of the first step
 * @param {(epoch: number, epochs: number, figure: number) => void} [progress] told the metric after each epoch, or the loss
 */
export async function fitModel(model, { x, y }, { loss, metric, epochs, batch, rate }, progress) {
  const optimizer = tf.train.adam(rate);
  model.compile({ optimizer, loss, metrics: metric === undefined ? [] : [metric] });
  const steps = epochs * Math.ceil(x.shape[0] / batch);
  let step = 0;
  await model.fit(x, y, {
    epochs,
    batchSize: batch,
    shuffle: false,
    verbose: 0,
    yieldEvery: 'never',
    callbacks: {
      onBatchBegin: () => (optimizer.learningRate = (rate / 2) * (1 + Math.cos((Math.PI * step++) / steps))),
      onEpochEnd: (epoch, logs) => progress?.(epoch + 1, epochs, logs[metric === 'accuracy' ? 'acc' : 'loss']),
    },
  });
  tf.dispose([x, y]);
}
