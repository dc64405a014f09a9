// The numbers of fused activations in the kernels on float32.
import type { FusedActivation } from '@wherry/graph';
import { integer, type Argument } from '../kernel-call.js';

const numbers: { readonly [K in FusedActivation]: number } = { NONE: 0, RELU: 1, RELU_N1_TO_1: 2, RELU6: 3 };

export function activationNumber(activation: FusedActivation): number {
  return numbers[activation];
}

export function activationArgument({ activation = 'NONE' }: { readonly activation?: FusedActivation }): Argument {
  return integer(numbers[activation]);
}
