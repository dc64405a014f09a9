// What training needs of whoever computes: handed in, so that no stage imports an engine.
import type { Graph, TensorId } from '@wherry/graph';
import type * as Tfjs from '@tensorflow/tfjs-core';

export type Tf = typeof Tfjs;

/** A float graph as a function of its inputs and of those of its constants that vary. */
export interface DifferentiableGraph {
  /** Samples lie behind each other along dimension 0 of inputs and outputs. To be called within `tf.tidy` or what is differentiated. */
  run(
    inputs: readonly Tfjs.Tensor[],
    options: {
      readonly variables: ReadonlyMap<TensorId, Tfjs.Tensor>;
      /** May give another tensor of the same shape in the place of one: asked for inputs, variables, and what nodes write. */
      readonly at?: (id: TensorId, tensor: Tfjs.Tensor) => Tfjs.Tensor;
    },
  ): Tfjs.Tensor[];
  dispose(): void;
}

export interface DifferentiableEngine {
  /** As the report names it, e.g. `tfjs-wasm`. */
  readonly name: string;
  readonly tf: Tf;
  readonly differentiable: (graph: Graph) => DifferentiableGraph;
}
