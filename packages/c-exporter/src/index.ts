// The public face of this package.
export * from './diagnostics.js';
export type { ExampleModel } from './examples/example-model.js';
export * from './examples/export-example.js';
export * from './export-c.js';
export * from './model-export.js';
