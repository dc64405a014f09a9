// The public face of this package.
export * from './diagnostics.js';
export * from './fragment.js';
export * from './names.js';
export * from './own-header.js';
export * from './placement.js';
export * from './sanitize.js';
