// The graph language: everything that the other packages may use.
export * from './arithmetic/activation.js';
export * from './arithmetic/fixed-point.js';
export * from './arithmetic/window.js';
export * from './builder.js';
export * from './data-type.js';
export * from './diagnostics/diagnostic.js';
export * from './diagnostics/exit-code.js';
export * from './diagnostics/graph-diagnostics.js';
export * from './evaluate.js';
export * from './executor.js';
export * from './infer.js';
export * from './ir.js';
export * from './kernel-for.js';
export * from './op-definition.js';
export * from './ops/index.js';
export * from './shape.js';
export * from './verify.js';
