// Float execution of graphs on TensorFlow.js.
export * from './diagnostics.js';
export { tfjsEngine } from './tfjs-engine.js';
export {
  differentiableEngine,
  type DifferentiableEngine,
  type DifferentiableGraph,
  type DifferentiableOptions,
} from './differentiable/differentiable-engine.js';
export type { BackendName } from './backend-name.js';
