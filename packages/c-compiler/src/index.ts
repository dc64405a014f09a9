// The public face of this package.
export * from './compile-model.js';
export * from './compiled-model.js';
export * from './diagnostics.js';
export { unitInUse } from './kernel-variant.js';
