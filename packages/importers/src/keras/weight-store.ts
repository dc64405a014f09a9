// Finds the stored weights of each top-level layer of a Keras file, in the order Keras saved them.
import { elementCount, type TensorData } from '@wherry/graph';
import type { Attribute, Hdf5Group } from '../hdf5/open-hdf5.js';
import { weightsMismatch } from './refuse.js';

const DAMAGED = 'save the model again where it was trained, with model.save("model.h5"): this file is incomplete';

export interface StoredWeight {
  /** As saved, e.g. `conv2d/kernel:0` or `sequential/conv2d/kernel`. */
  readonly name: string;
  readonly shape: readonly number[];
  /** Values as float32, all of them finite. */
  read(): Float32Array;
}

export interface WeightStore {
  /** Groups of the file that hold weights, in the order in which Keras listed its layers. */
  readonly layers: readonly string[];
  /** Undefined where the file has no group for the layer. A name may have slashes: Keras hands it to HDF5 as a path. */
  weightsOf(layer: string): readonly StoredWeight[] | undefined;
}

export function openWeightStore(root: Hdf5Group): WeightStore {
  const inner = LAYER_NAMES.some((name) => root.attributes.has(name)) ? root : openGroup(root, 'model_weights');
  const weightsOf = (layer: string): readonly StoredWeight[] | undefined => {
    const group = inner === undefined ? undefined : openGroup(inner, layer);
    return group && textsOf(group, 'weight_names', layer).map((name) => openWeight(group, name, layer));
  };
  const listed = inner === undefined ? [] : textsOf(inner, 'layer_names', 'the list of layers');
  return { layers: listed.filter((layer) => (weightsOf(layer) ?? []).length > 0), weightsOf };
}

const LAYER_NAMES = ['layer_names', 'layer_names0'];

export function openGroup(parent: Hdf5Group, path: string): Hdf5Group | undefined {
  const object = /[^/.]/.test(path) ? parent.open(path) : undefined;
  return object?.kind === 'group' ? object : undefined;
}

/** A list attribute; Keras splits a long one into weight_names0, weight_names1 and so on. */
function textsOf(group: Hdf5Group, key: 'weight_names' | 'layer_names', layer: string): readonly string[] {
  const whole = group.attributes.get(key);
  if (whole !== undefined) return textsIn(group, key, layer);
  const names: string[] = [];
  for (let part = 0; ; part++) {
    const attribute = group.attributes.get(`${key}${part}`);
    if (attribute === undefined) return names;
    names.push(...strings(attribute, layer));
  }
}

/** The texts of an attribute; none where it is not there. */
export function textsIn(group: Hdf5Group, key: string, layer: string): readonly string[] {
  const attribute = group.attributes.get(key);
  return attribute === undefined ? [] : strings(attribute, layer);
}

function strings(attribute: Attribute, layer: string): readonly string[] {
  const values = attribute.read();
  if (values.kind === 'strings') return values.data;
  // h5py stores an empty list as an array of no floats.
  return values.data.length === 0 ? [] : weightsMismatch('the names of its weights are not texts', layer, DAMAGED);
}

export function openWeight(group: Hdf5Group, name: string, layer: string): StoredWeight {
  const dataset = name === '' ? undefined : group.open(name);
  if (dataset?.kind !== 'dataset' || dataset.shape === null)
    return weightsMismatch(`the weight ${name} is not stored`, layer, DAMAGED);
  const { shape } = dataset;
  return {
    name,
    shape,
    read: () => {
      const values = dataset.read();
      if (values.kind !== 'numbers') return weightsMismatch(`the weight ${name} holds texts`, layer, DAMAGED);
      return toFloat32(values.data, elementCount(shape), `${layer}, weight ${name}`);
    },
  };
}

function toFloat32(data: TensorData, count: number, where: string): Float32Array {
  if (data.length !== count) weightsMismatch('its values are incomplete', where, DAMAGED);
  const result = data instanceof Float32Array ? data : Float32Array.from(data as ArrayLike<number>, Number);
  for (let i = 0; i < result.length; i++) {
    if (!Number.isFinite(result[i]))
      weightsMismatch(
        `value ${i} is ${result[i]}, which is no weight of a trained model`,
        where,
        'train the model again with a smaller learning rate: its weights have diverged',
      );
  }
  return result;
}
