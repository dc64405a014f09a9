// The public face of this package.
export { factsOf, isEspressif, type ChipFacts } from './chips.js';
export * from './diagnostics.js';
export * from './firmware-layout.js';
export type { LayoutContent, LayoutFiles, LayoutModel } from './layout-model.js';
export * from './layout-names.js';
export { componentVersions } from './layouts/esp-idf.js';
export * from './require-layout.js';
