// Graphs that can be differentiated. An entry of its own: its types are of TensorFlow.js, which the npm package gives out none of.
export {
  differentiableEngine,
  type DifferentiableEngine,
  type DifferentiableGraph,
  type DifferentiableOptions,
} from './differentiable-engine.js';
