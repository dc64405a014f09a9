// The public face of this package.
export * from './diagnostics.js';
export * from './fragment.js';
export { acceptableName, nameFault } from './model-name.js';
export * from './names.js';
export * from './own-header.js';
export * from './placement.js';
export * from './sanitize.js';
