// A Keras model as it was configured, in one form for all versions of Keras.
import type { Json, JsonObject } from './json.js';

export interface ModelConfig {
  readonly name: string;
  readonly layers: readonly LayerConfig[];
  /** Sequential models chain their layers and leave these out. */
  readonly wiring: { readonly inputs: readonly TensorRef[]; readonly outputs: readonly TensorRef[] } | 'chain';
  /** Shape of a sequential model's input, batch included, when no layer says it. */
  readonly inputShape: Json | undefined;
}

export interface LayerConfig {
  readonly name: string;
  readonly className: string;
  /** Keras 3: the module of the class, which tells layers from operations. */
  readonly module: string;
  /** The full name of its class, where that is one of the program that saved the model and not Keras' own. */
  readonly foreign: string | undefined;
  readonly values: JsonObject;
  /** A model used as a layer. */
  readonly model: ModelConfig | undefined;
  /** What the layer is applied to, once per use. */
  readonly calls: readonly CallConfig[];
  /** Number that references give the first of the calls: 1 where Keras counts a nested model's own making as use 0. */
  readonly firstCall: 0 | 1;
}

/** Output `tensor` of use `node` of a layer. */
export interface TensorRef {
  readonly layer: string;
  readonly node: number;
  readonly tensor: number;
}

export type Argument =
  { readonly kind: 'tensor'; readonly ref: TensorRef } | { readonly kind: 'value'; readonly value: Json };

export interface CallConfig {
  readonly positional: readonly Argument[];
  readonly named: ReadonlyMap<string, Argument>;
}
