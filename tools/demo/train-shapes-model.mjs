// Trains the demo's network: a small separable CNN that names shapes. Seeded, so that it comes out the same every time.
import tf from '@tensorflow/tfjs-core';
import layers from '@tensorflow/tfjs-layers';
import { differentiableEngine } from '@wherry/engine-tfjs/differentiable';
import { drawShapes, labels, side } from './shapes-dataset.mjs';

const trainingSamples = 2048;
const batchSize = 64;
const epochs = 4;

/** @param {(epoch: number, epochs: number, accuracy: number) => void} progress */
export async function trainShapesModel(progress = () => undefined) {
  // Sets the backend, and brings the gradients that it lacks.
  await differentiableEngine('wasm');
  const model = buildModel();
  model.compile({ optimizer: tf.train.adam(0.01), loss: 'categoricalCrossentropy', metrics: ['accuracy'] });
  const { images, labels: classes } = drawShapes(trainingSamples, 7);
  const x = tf.tensor(Float32Array.from(images), [trainingSamples, side, side, 1]);
  const y = tf.oneHot(tf.tensor1d(Int32Array.from(classes), 'int32'), labels.length);
  await model.fit(x, y, {
    epochs,
    batchSize,
    shuffle: false,
    verbose: 0,
    yieldEvery: 'never',
    callbacks: { onEpochEnd: (epoch, logs) => progress(epoch + 1, epochs, logs.acc) },
  });
  tf.dispose([x, y]);
  return model;
}

function buildModel() {
  const seeded = (seed) => layers.initializers.glorotUniform({ seed });
  return layers.sequential({
    name: 'shapes',
    layers: [
      layers.layers.rescaling({ scale: 1 / 255, inputShape: [side, side, 1], name: 'to_unit' }),
      layers.layers.conv2d({
        filters: 8,
        kernelSize: 3,
        strides: 2,
        padding: 'same',
        useBias: false,
        kernelInitializer: seeded(1),
        name: 'stem',
      }),
      layers.layers.batchNormalization({ name: 'stem_norm' }),
      layers.layers.activation({ activation: 'relu', name: 'stem_relu' }),
      layers.layers.depthwiseConv2d({
        kernelSize: 3,
        padding: 'same',
        useBias: false,
        depthwiseInitializer: seeded(2),
        name: 'depthwise',
      }),
      layers.layers.batchNormalization({ name: 'depthwise_norm' }),
      layers.layers.activation({ activation: 'relu', name: 'depthwise_relu' }),
      layers.layers.conv2d({
        filters: 24,
        kernelSize: 3,
        strides: 2,
        padding: 'same',
        kernelInitializer: seeded(3),
        activation: 'relu',
        name: 'features',
      }),
      layers.layers.flatten({ name: 'flatten' }),
      layers.layers.dense({
        units: labels.length,
        activation: 'softmax',
        kernelInitializer: seeded(4),
        name: 'classes',
      }),
    ],
  });
}
