// Weights that are zero and stay it.
import { tensorAt, type Graph, type TensorId } from '@wherry/graph';

/** Share of the training after which the wanted share of weights is zero. */
const rampShare = 0.5;

/** Share of the weights that are zero in an epoch: it grows fast at first, as what goes first is needed least. */
export function sparsityAt(wanted: number, epoch: number, epochs: number): number {
  const done = Math.min(1, (epoch + 1) / Math.max(1, rampShare * epochs));
  return wanted * (1 - (1 - done) ** 3);
}

/** 0 for weights that are 0 in the float model: of integers many more are, which are only small. */
export function zeroMask(unquantized: Graph, id: TensorId): Float32Array {
  return (tensorAt(unquantized, id).data as Float32Array).map((weight) => (weight === 0 ? 0 : 1));
}

/** 1 for what stays, 0 for the given share of the smallest, and for what was zero before. */
export function maskOf(weights: Float32Array, share: number, before: Float32Array | undefined): Float32Array {
  const magnitudes = weights.map((weight, i) => (before?.[i] === 0 ? 0 : Math.abs(weight)));
  const order = Array.from(magnitudes.keys()).sort((a, b) => magnitudes[a]! - magnitudes[b]! || a - b);
  const mask = new Float32Array(weights.length).fill(1);
  for (const at of order.slice(0, Math.round(share * weights.length))) mask[at] = 0;
  before?.forEach((stays, i) => {
    if (stays === 0) mask[i] = 0;
  });
  return mask;
}
