// Infinities, as masks have them, and what is no number: they are written as math.h calls them.
import type { Graph } from '@wherry/graph';
import type { KernelCall } from '../kernel-call.js';

/** Among constants, or among single numbers of a call, such as a slope. */
export function hasNonFinite({ tensors }: Graph, calls: readonly KernelCall[]): boolean {
  return (
    tensors.some(({ data }) => data instanceof Float32Array && !data.every(Number.isFinite)) ||
    calls.some((call) => call.arguments.some(isNonFinite))
  );
}

function isNonFinite(value: unknown): boolean {
  if (typeof value === 'number') return !Number.isFinite(value);
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return false;
  return Object.values(value).some(isNonFinite);
}
