// The cores that there are kernels for, one of each kind.
import type { Core } from '../kernel-variant.js';

export const anyCore: Core = { simd: null };

export const specialCores: readonly (readonly [name: string, core: Core])[] = [
  ['the DSP extension', { simd: 'Arm DSP extension' }],
  ['the vector unit', { simd: 'Arm Helium (MVE)' }],
  ['a multiplication of 32 bits', { simd: null, instructionSet: 'RV32IMC' }],
];

export const cores: readonly (readonly [name: string, core: Core])[] = [['any core', anyCore], ...specialCores];
