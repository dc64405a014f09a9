// Float graphs as functions that TensorFlow.js can differentiate: what training takes its gradients of.
import type { Graph, TensorId } from '@wherry/graph';
import type * as Tfjs from '@tensorflow/tfjs-core';
import { loadBackend } from '../backend.js';
import type { BackendName } from '../backend-name.js';
import { loadGradients } from '../gradients/load-gradients.js';
import { prepareDifferentiable } from './differentiable-graph.js';

export interface DifferentiableOptions {
  /** Float constants by tensor id, of the constants' shapes: they take the place of the graph's own. */
  readonly variables: ReadonlyMap<TensorId, Tfjs.Tensor>;
  /**
   * May give another tensor of the same shape in the place of one (fake quantization). Called for every float32 value once a run:
   * graph inputs, what nodes write, and those variables that a node reads, when the first one does.
   */
  readonly at?: (id: TensorId, tensor: Tfjs.Tensor) => Tfjs.Tensor;
}

/** A float graph as a function of its inputs and of those of its constants that vary. */
export interface DifferentiableGraph {
  /**
   * Inputs have the samples behind each other along dimension 0 (of single numbers: in a vector), equally many of each, and so
   * have the outputs. To be called within `tf.tidy`, or within a function that is being differentiated, which own the outputs.
   * Gradients throw GRADIENT_UNAVAILABLE where they would have to pass an operator that has none. Throws RangeError for inputs
   * and variables that do not belong to the graph.
   */
  run(inputs: readonly Tfjs.Tensor[], options: DifferentiableOptions): Tfjs.Tensor[];
  /** Frees the constants. */
  dispose(): void;
}

export interface DifferentiableEngine {
  /** As the report names it, e.g. `tfjs-wasm`. */
  readonly name: string;
  readonly tf: typeof Tfjs;
  readonly differentiable: (graph: Graph) => DifferentiableGraph;
}

/** Throws ENGINE_UNAVAILABLE when the backend cannot be loaded. */
export async function differentiableEngine(backend: BackendName = 'wasm'): Promise<DifferentiableEngine> {
  const { name, tf } = await loadBackend(backend);
  await loadGradients(tf, backend);
  return { name, tf, differentiable: (graph) => prepareDifferentiable(tf, graph) };
}
