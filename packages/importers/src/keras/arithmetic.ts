// The operators of two inputs that several layers use.
import type { TensorId } from '@wherry/graph';
import type { LayerGraph } from './layer-graph.js';

export type Arithmetic = (graph: LayerGraph, a: TensorId, b: TensorId) => TensorId;

export const add: Arithmetic = (graph, a, b) => graph.add('ADD', [a, b], {});
export const subtract: Arithmetic = (graph, a, b) => graph.add('SUB', [a, b], {});
export const multiply: Arithmetic = (graph, a, b) => graph.add('MUL', [a, b], {});
export const maximum: Arithmetic = (graph, a, b) => graph.add('MAXIMUM', [a, b], {});
export const minimum: Arithmetic = (graph, a, b) => graph.add('MINIMUM', [a, b], {});
