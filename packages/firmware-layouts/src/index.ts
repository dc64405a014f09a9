// The public face of this package.
export * from './diagnostics.js';
export * from './firmware-layout.js';
export type { LayoutContent, LayoutFiles, LayoutModel } from './layout-model.js';
export * from './layout-names.js';
export * from './require-layout.js';
