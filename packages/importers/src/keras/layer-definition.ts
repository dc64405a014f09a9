// What a Keras layer is to the importer: the weights it owns and how it becomes nodes.
import type { TensorId } from '@wherry/graph';
import type { LayerGraph } from './layer-graph.js';
import type { Json } from './json.js';
import type { Settings } from './settings.js';

export interface LayerVariables {
  readonly trainable: readonly string[];
  /** Weights that training does not change by gradient, such as moving averages. */
  readonly stateful?: readonly string[];
  /** What other releases of Keras call a weight in the file. */
  readonly alsoCalled?: Readonly<Record<string, string>>;
}

/** An argument of an operation: a tensor of the graph or a plain value. */
export type BuildArgument =
  { readonly kind: 'tensor'; readonly id: TensorId } | { readonly kind: 'value'; readonly value: Json };

export interface LayerCall {
  readonly settings: Settings;
  /** 2 or 3; a few defaults and formulas differ. */
  readonly kerasVersion: number;
  /** The batch that the model was built for, 1 where it is open; the graph has a batch of 1. */
  readonly batch: number;
  readonly graph: LayerGraph;
  /** All tensor arguments in order. */
  readonly inputs: readonly TensorId[];
  readonly positional: readonly BuildArgument[];
  readonly named: ReadonlyMap<string, BuildArgument>;
  /** The stored weight, after its shape has been checked. Throws KERAS_WEIGHTS_MISMATCH. */
  weight(name: string, shape: readonly number[]): Float32Array;
}

export interface LayerDefinition {
  /** Weights in the order Keras creates them; left out when there are none. */
  readonly variables?: (settings: Settings) => LayerVariables;
  /** Adds the layer's nodes and returns what it gives. */
  readonly build: (call: LayerCall) => TensorId;
}

export type LayerTable = Readonly<Record<string, LayerDefinition>>;
