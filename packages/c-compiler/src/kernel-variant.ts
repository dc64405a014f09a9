// Which kernels there are of an operator: those for any C compiler, and those for what a core has beside.

/** A folder of kernels/. Where one has no kernel for a layer, the portable one is taken. */
export type KernelVariant = 'portable' | 'arm-dsp' | 'arm-mve';

/** `simd`: the vector unit in the words of the device profile; null: none. */
export function kernelVariantOf(simd: string | null): KernelVariant {
  if (/\b(mve|helium)\b/i.test(simd ?? '')) return 'arm-mve';
  return /\bdsp\b/i.test(simd ?? '') ? 'arm-dsp' : 'portable';
}

/** Whether a kernel of the file, as in a KernelCall, is for a vector unit. */
export function isForVectorUnit({ file }: { readonly file: string }): boolean {
  return file.startsWith('arm-');
}
