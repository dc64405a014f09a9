// Fused activations on TensorFlow.js.
import { activationBounds, type FusedActivation } from '@wherry/graph';
import type * as Tfjs from '@tensorflow/tfjs-core';

/** The name that TensorFlow.js's fused operators take, or undefined when the clamp has to follow on its own. */
export function fusedName(activation: FusedActivation): 'linear' | 'relu' | 'relu6' | undefined {
  const names = { NONE: 'linear', RELU: 'relu', RELU6: 'relu6', RELU_N1_TO_1: undefined } as const;
  return names[activation];
}

/** The clamp of a fused activation as an operator of its own. */
export function activate(tf: typeof Tfjs, tensor: Tfjs.Tensor, activation: FusedActivation): Tfjs.Tensor {
  if (activation === 'NONE') return tensor;
  if (activation === 'RELU') return tf.relu(tensor);
  const [low, high] = activationBounds(activation);
  return tf.clipByValue(tensor, low, high);
}
