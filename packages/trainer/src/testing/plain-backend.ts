// TensorFlow.js on its plain backend, with gradients, for the tests of this package.
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
// The core registers no gradients; loading this does.
import '@tensorflow/tfjs-layers';

export async function plainBackend(): Promise<void> {
  tf.enableProdMode();
  tf.env().set('IS_NODE', false);
  await tf.setBackend('cpu');
}
