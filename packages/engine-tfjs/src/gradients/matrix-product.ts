// Products of matrices that are turned: what gradients of dense layers are.
import type * as Tfjs from '@tensorflow/tfjs-core';
import type { ComposedKernel } from './composed-kernel.js';

interface ProductAttributes {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

/** [.., M, K] times [.., K, N]. The backend goes through a turned matrix in plain loops; turned ahead, it is 10 times faster. */
export const matrixProduct: ComposedKernel<'a' | 'b', ProductAttributes, Tfjs.Tensor> = {
  name: 'BatchMatMul',
  compute: (tf, { a, b }, { transposeA, transposeB }) => {
    const turned = (matrices: Tfjs.Tensor, isTurned: boolean): Tfjs.Tensor => {
      const last = matrices.rank - 1;
      const order = matrices.shape.map((_, d) => (d === last ? last - 1 : d === last - 1 ? last : d));
      return isTurned ? tf.transpose(matrices, order) : matrices;
    };
    // The kernel of the same product with more behind it, so that this one does not call itself.
    return tf.fused.matMul({ a: turned(a, transposeA), b: turned(b, transposeB) });
  },
};
