// Gradients for TensorFlow.js: its own, and those of their kernels that the WebAssembly backend lacks, has wrong or slow.
import type * as Tfjs from '@tensorflow/tfjs-core';
import type { BackendName } from '../backend-name.js';
import { registerComposed } from './composed-kernel.js';
import { convolutionFilterGradient } from './convolution-filter.js';
import { convolutionInputGradient } from './convolution-input.js';
import { depthwiseFilterGradient } from './depthwise-filter.js';
import { depthwiseInputGradient } from './depthwise-input.js';
import { matrixProduct } from './matrix-product.js';
import { averagePoolGradient, maxPoolGradient } from './pools.js';

/** For the backend that is set. Idempotent. */
export async function loadGradients(tf: typeof Tfjs, backend: BackendName): Promise<void> {
  // The core registers none; loading the layers does, for all copies of the core.
  await import('@tensorflow/tfjs-layers');
  if (backend === 'node') return;
  registerComposed(tf, convolutionFilterGradient);
  registerComposed(tf, convolutionInputGradient);
  registerComposed(tf, depthwiseFilterGradient);
  registerComposed(tf, depthwiseInputGradient);
  registerComposed(tf, matrixProduct);
  registerComposed(tf, averagePoolGradient);
  registerComposed(tf, maxPoolGradient);
}
