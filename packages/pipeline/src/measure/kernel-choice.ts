// Which kernels stand in a firmware: those for what its core has, or plain C, which every core runs.
import type { Core } from '@wherry/c-compiler';

export const kernelSets = ['optimized', 'plain'] as const;

export const kernelChoices = [...kernelSets, 'both'] as const;

export type KernelChoice = (typeof kernelChoices)[number];

/** `both` is measured one after the other. */
export type KernelSet = (typeof kernelSets)[number];

/** The core as a compiler of kernels sees it. */
export function coreFor(kernels: KernelSet, { simd, instructionSet }: Core): Core {
  return kernels === 'plain' ? { simd: null } : { simd, instructionSet };
}
