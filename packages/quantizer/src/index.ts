// Quantization: optimize the float graph, calibrate it, plan, validate and apply.
export * from './apply/apply.js';
export * from './calibrate/calibrate.js';
export * from './calibrate/constancy-watch.js';
export * from './calibrate/range.js';
export type { TensorStatistics } from './calibrate/statistics.js';
export * from './diagnostics.js';
export * from './equalize/equalize.js';
export * from './plan/plan.js';
export * from './plan/quantization-plan.js';
export * from './plan/validate.js';
export { foretell, type Foretold, type Form } from './foretell/foretell.js';
export * from './optimize/optimize.js';
export * from './optimize/work-around.js';
export * from './select/quantize-feeds.js';
export * from './select/judged-samples.js';
export * from './select/sample-reservoir.js';
export * from './select/select.js';
export * from './select/settings.js';
