// Arithmetic of two whole numbers without a scale, as shapes and counts are computed: modulo the width of the type.
import type { Kernel, KernelSet } from '../op-definition.js';
import { activationBounds, clamp, type FusedActivation } from './activation.js';
import { combineBroadcast } from './broadcast.js';

interface Fused {
  readonly activation: FusedActivation;
}

/** `narrow` may give any whole number that a double holds, or a product by `Math.imul`. */
export function wholeKernels<A extends Fused>(
  narrow: (a: number, b: number) => number,
  wide: (a: bigint, b: bigint) => bigint,
): Pick<KernelSet<A>, 'int32' | 'int64'> {
  const int32: Kernel<A> = ({ inputs: [first, second], outputs: [output], attributes }) => {
    const [low, high] = activationBounds(attributes.activation);
    combineBroadcast(first!, second!, output!, (a, b) => clamp(narrow(a, b) | 0, low, high));
  };
  const int64: Kernel<A> = ({ inputs: [first, second], outputs: [output], attributes }) => {
    const [low, high] = activationBounds(attributes.activation);
    combineBroadcast<bigint>(first!, second!, output!, (a, b) => {
      const value = BigInt.asIntN(64, wide(a, b));
      return value < low ? BigInt(low) : value > high ? BigInt(high) : value;
    });
  };
  return { int32, int64 };
}
