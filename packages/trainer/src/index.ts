// Training on the graph: what is trained is whatever the importers read.
export * from './batches.js';
export * from './checkpoint.js';
export * from './diagnostics.js';
export * from './differentiable.js';
export { fakeQuantized } from './fake-quantized.js';
export * from './formats.js';
export * from './losses.js';
export * from './schedule.js';
export * from './train.js';
export { Trainables } from './trainables.js';
export * from './training-settings.js';
