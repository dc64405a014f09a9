// The graph as a layer being imported sees it: every node carries the layer's name, every shape is checked.
import {
  sameShape,
  WherryError,
  type AttributesOf,
  type ChannelMoments,
  type GraphBuilder,
  type OpKind,
  type Shape,
  type TensorId,
} from '@wherry/graph';
import { badShape } from './refuse.js';

export interface LayerGraph {
  readonly origin: string;
  shape(id: TensorId): Shape;
  /** Applies an operator. Throws WherryError when the shapes do not work out. */
  add<K extends OpKind>(kind: K, inputs: readonly (TensorId | null)[], attributes: Partial<AttributesOf<K>>): TensorId;
  /** Says what training saw of a tensor that the layer gives. */
  setMoments(id: TensorId, moments: ChannelMoments): void;
  /** A constant of the layer; uses of the layer that ask for the same name and shape share one tensor. */
  parameter(name: string, shape: Shape, values: () => Float32Array): TensorId;
  /** An int32 constant: axes, paddings, shapes. */
  indices(name: string, values: readonly number[], shape?: Shape): TensorId;
  /** The same elements in another shape; no node when the shape is the same. */
  reshape(id: TensorId, shape: Shape): TensorId;
}

/** Parameters by layer path, name and shape; one map per model being built. */
export type ParameterCache = Map<string, TensorId>;

const MAX_ELEMENTS = 2147483647;

export function createLayerGraph(builder: GraphBuilder, origin: string, cache: ParameterCache): LayerGraph {
  const graph: LayerGraph = {
    origin,
    shape: (id) => builder.tensor(id).shape,
    add: (kind, inputs, attributes) => {
      const id = guardShapes(origin, () => builder.add(kind, inputs, attributes, { origin }));
      checkShape(builder.tensor(id).shape, origin);
      return id;
    },
    setMoments: (id, moments) => builder.setMoments(id, moments),
    parameter: (name, shape, values) => {
      const key = JSON.stringify([origin, name, shape]);
      const id = cache.get(key) ?? builder.constant(`${origin}/${name}`, shape, values(), 'float32');
      cache.set(key, id);
      return id;
    },
    indices: (name, values, shape) => builder.indices(`${origin}/${name}`, values, shape ?? [values.length]),
    reshape: (id, shape) =>
      sameShape(builder.tensor(id).shape, shape) ? id : graph.add('RESHAPE', [id, graph.indices('shape', shape)], {}),
  };
  return graph;
}

/** The language counts elements with an exception for too many; to a user that is a fault of the model. */
function guardShapes<T>(origin: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof WherryError || !(error instanceof RangeError)) throw error;
    return tooLarge(error.message, origin);
  }
}

/** Throws KERAS_SHAPE for a shape with a dimension below 1 or more elements than TFLite can index. */
export function checkShape(shape: Shape, origin: string): void {
  if (!shape.every((dimension) => Number.isInteger(dimension) && dimension >= 1)) {
    badShape(
      `the layer would give the shape [${shape.join(', ')}]`,
      origin,
      'check the sizes, strides and paddings up to this layer against its input',
    );
  }
  if (shape.reduce((count, dimension) => count * dimension, 1) > MAX_ELEMENTS)
    tooLarge(`its shape is [${shape.join(', ')}]`, origin);
}

function tooLarge(what: string, origin: string): never {
  return badShape(
    `the layer is too large for TensorFlow Lite: ${what}`,
    origin,
    'make the model smaller; a tensor has at most 2147483647 elements',
  );
}
