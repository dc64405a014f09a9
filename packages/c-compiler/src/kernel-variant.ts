// Which kernels there are of an operator: those for any C compiler, and those for what a core has beside.

/** A folder of kernels/. Where one has no kernel for a layer, the portable one is taken. */
export type KernelVariant = 'portable' | 'arm-dsp' | 'arm-mve' | 'mul32';

/** The core that a model is compiled for, in the words of the device profile. */
export interface Core {
  /** Its vector unit; null: none. */
  readonly simd: string | null;
  /** Absent: not known. */
  readonly instructionSet?: string | undefined;
}

/** Instruction sets that have a multiplication of 32 bits, and none of several values at once. */
const multiplies32 = /^(rv32[a-z]*m|armv6-m$)/i;

export function kernelVariantOf({ simd, instructionSet = '' }: Core): KernelVariant {
  if (/\b(mve|helium)\b/i.test(simd ?? '')) return 'arm-mve';
  if (/\bdsp\b/i.test(simd ?? '')) return 'arm-dsp';
  return multiplies32.test(instructionSet) ? 'mul32' : 'portable';
}

/** Whether a kernel of the file, as in a KernelCall, is for a vector unit. */
export function isForVectorUnit({ file }: { readonly file: string }): boolean {
  return file.startsWith('arm-');
}
