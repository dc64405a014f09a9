// Finds the stored weights of each top-level layer of a Keras file, in the order Keras saved them.
import { elementCount, type TensorData } from '@wherry/graph';
import type { Attribute, Hdf5Group } from '../hdf5/open-hdf5.js';
import { weightsMismatch } from './refuse.js';

export interface StoredWeight {
  /** As saved, e.g. `conv2d/kernel:0` or `sequential/conv2d/kernel`. */
  readonly name: string;
  readonly shape: readonly number[];
  /** Values as float32, all of them finite. */
  read(): Float32Array;
}

export interface WeightStore {
  weightsOf(layer: string): readonly StoredWeight[];
}

export function openWeightStore(root: Hdf5Group): WeightStore {
  const inner = root.attributes.has('layer_names') ? root : root.open('model_weights');
  const group = inner?.kind === 'group' ? inner : undefined;
  return {
    weightsOf(layer) {
      const names = group?.names.includes(layer) === true;
      const layerGroup = names ? group.open(layer) : undefined;
      if (layerGroup?.kind !== 'group') return [];
      return weightNames(layerGroup, layer).map((name) => openWeight(layerGroup, name, layer));
    },
  };
}

/** The list attribute; Keras splits a long one into weight_names0, weight_names1 and so on. */
function weightNames(group: Hdf5Group, layer: string): readonly string[] {
  const whole = group.attributes.get('weight_names');
  if (whole !== undefined) return strings(whole, layer);
  const names: string[] = [];
  for (let part = 0; ; part++) {
    const attribute = group.attributes.get(`weight_names${part}`);
    if (attribute === undefined) return names;
    names.push(...strings(attribute, layer));
  }
}

function strings(attribute: Attribute, layer: string): readonly string[] {
  const values = attribute.read();
  if (values.kind === 'strings') return values.data;
  // h5py stores an empty list as an array of no floats.
  return values.data.length === 0 ? [] : weightsMismatch('the names of its weights are not texts', layer);
}

function openWeight(group: Hdf5Group, name: string, layer: string): StoredWeight {
  const dataset = name === '' ? undefined : group.open(name);
  if (dataset?.kind !== 'dataset' || dataset.shape === null)
    return weightsMismatch(`the weight ${name} is not stored`, layer);
  const { shape } = dataset;
  return {
    name,
    shape,
    read: () => {
      const values = dataset.read();
      if (values.kind !== 'numbers') return weightsMismatch(`the weight ${name} holds texts`, layer);
      return toFloat32(values.data, elementCount(shape), `${layer}, weight ${name}`);
    },
  };
}

function toFloat32(data: TensorData, count: number, where: string): Float32Array {
  if (data.length !== count) weightsMismatch('its values are incomplete', where);
  const result = data instanceof Float32Array ? data : Float32Array.from(data as ArrayLike<number>, Number);
  for (let i = 0; i < result.length; i++) {
    if (!Number.isFinite(result[i]))
      weightsMismatch(`value ${i} is ${result[i]}, which is no weight of a trained model`, where);
  }
  return result;
}
