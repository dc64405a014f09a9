// Kernels composed of others, for a backend that lacks them or has them wrong.
import type * as Tfjs from '@tensorflow/tfjs-core';

export interface ComposedKernel<I extends string, A, T extends Tfjs.Tensor = Tfjs.Tensor4D> {
  readonly name: string;
  readonly compute: (tf: typeof Tfjs, inputs: Record<I, T>, attributes: A) => Tfjs.Tensor;
}

/** For the backend that is set, in the place of the kernel that it may have. */
export function registerComposed<I extends string, A, T extends Tfjs.Tensor>(
  tf: typeof Tfjs,
  { name, compute }: ComposedKernel<I, A, T>,
): void {
  const backendName = tf.getBackend();
  if (tf.getKernelsForBackend(backendName).some(({ kernelName }) => kernelName === name)) {
    tf.unregisterKernel(name, backendName);
  }
  tf.registerKernel({
    kernelName: name,
    backendName,
    kernelFunc: ({ inputs, attrs }) => tf.tidy(() => compute(tf, tensorsOf(tf, inputs) as Record<I, T>, attrs as A)),
  });
}

/**
 * Kernels are handed bare records; operators want tensors on the same data. The end of the tidy disposes of those tensors, so
 * the data is counted once more to outlive them.
 */
function tensorsOf(tf: typeof Tfjs, inputs: Tfjs.NamedTensorInfoMap): Record<string, Tfjs.Tensor> {
  const backend = tf.backend();
  return Object.fromEntries(
    Object.entries(inputs).map(([name, info]) => {
      backend.incRef(info!.dataId);
      return [name, tf.engine().makeTensorFromTensorInfo(info!)];
    }),
  );
}
