// The public face of this package.
export * from './c/sanitize.js';
export * from './diagnostics.js';
export * from './export-c.js';
export * from './model-export.js';
export { modelNames } from './names.js';
