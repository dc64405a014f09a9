// The kernels for a core held against plain ones on the same board: what each layer gains, and which of them computes otherwise.
import type { DifferingTensor } from './differences.js';
import type { Measurement, PlainKernels } from './measurement.js';

/** Both of the same model and inputs on the same board. */
export function withPlainKernels(optimized: Measurement, plain: Measurement): Measurement {
  const { verdict, differing, faulty } = plain.parity;
  return {
    ...optimized,
    plain: {
      ...{ verdict, differing, faulty, cost: plain.cost },
      disagreeing: disagreeing(optimized.parity.faulty, faulty),
    },
    layers: optimized.layers.map((layer, position) => ({ ...layer, plainCost: plain.layers[position]!.cost })),
  };
}

/** Layers that one set gets wrong by itself and the other does not, or otherwise: the fault is in the kernel, not in what both share. */
function disagreeing(
  optimized: readonly DifferingTensor[],
  plain: readonly DifferingTensor[],
): PlainKernels['disagreeing'] {
  const key = (tensor: DifferingTensor): string => JSON.stringify(tensor);
  const [ours, theirs] = [new Set(optimized.map(key)), new Set(plain.map(key))];
  return [
    ...optimized
      .filter((tensor) => !theirs.has(key(tensor)))
      .map((tensor) => ({ kernels: 'optimized' as const, tensor })),
    ...plain.filter((tensor) => !ours.has(key(tensor))).map((tensor) => ({ kernels: 'plain' as const, tensor })),
  ];
}
