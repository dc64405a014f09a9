// The public face of this package.
export * from './compile-model.js';
export * from './compiled-model.js';
export * from './diagnostics.js';
export { kernelVariantOf, type Core } from './kernel-variant.js';
