// Gives every layer its weights of a .keras archive, where each layer has a group of its own.
import { openGroup, openWeight, textsIn, type StoredWeight } from './weight-store.js';
import type { AssignedWeights } from './assign-weights.js';
import type { Hdf5Group } from '../hdf5/open-hdf5.js';
import { ownVariables } from './layers/index.js';
import type { LayerConfig, ModelConfig } from './model-config.js';
import { weightsMismatch } from './refuse.js';

const SAVE_AGAIN = 'save the model again in the program that built or trained it, with model.save("model.keras")';

/**
 * Keras goes by the class of a layer and its number among those of that class, in the order of the model's layers, never by
 * its name: `layers/conv2d_1/vars/0`. Where the group says the layer's name too, as newer releases do, it must agree.
 */
export function weightsByPlace(root: Hdf5Group, model: ModelConfig): AssignedWeights {
  const assigned = new Map<string, ReadonlyMap<string, StoredWeight>>();
  assignModel({ root, separator: separatorOf(root), assigned }, model, '', []);
  return assigned;
}

interface Place {
  readonly root: Hdf5Group;
  readonly separator: string;
  readonly assigned: Map<string, ReadonlyMap<string, StoredWeight>>;
}

/** Saved on Windows, some releases have one group `layers\conv2d` instead of two. */
function separatorOf(root: Hdf5Group): string {
  return root.names.some((name) => name.includes('\\')) ? '\\' : '/';
}

function assignModel(place: Place, model: ModelConfig, base: string, groups: readonly string[]): void {
  const counts = new Map<string, number>();
  for (const layer of model.layers) {
    const kind = snakeCase(layer.className);
    const count = counts.get(kind) ?? 0;
    counts.set(kind, count + 1);
    const own = [...groups, 'layers', count === 0 ? kind : `${kind}_${count}`];
    const path = base === '' ? layer.name : `${base}/${layer.name}`;
    if (layer.model !== undefined) assignModel(place, layer.model, path, own);
    else assignLayer(place, layer, path, own);
  }
}

function assignLayer(
  { root, separator, assigned }: Place,
  layer: LayerConfig,
  path: string,
  own: readonly string[],
): void {
  const variables = ownVariables(layer, path);
  if (variables.length === 0) return;
  const where = [...own, 'vars'].join(separator);
  const group = openGroup(root, where);
  if (group === undefined)
    return weightsMismatch(
      `the file has no group ${where} with its weights (${variables.join(', ')})`,
      path,
      SAVE_AGAIN,
    );
  const [name] = textsIn(group, 'name', path);
  if (name !== undefined && name !== layer.name)
    weightsMismatch(`in its place (${where}) the file has the weights of ${name}`, path, SAVE_AGAIN);
  const stored = group.names.length;
  if (stored !== variables.length)
    weightsMismatch(
      `it needs ${variables.length} weights (${variables.join(', ')}), the file has ${stored}`,
      path,
      SAVE_AGAIN,
    );
  assigned.set(path, new Map(variables.map((variable, i) => [variable, openWeight(group, String(i), path)])));
}

/** As Keras names the group of a class: LeakyReLU is leaky_re_lu, Conv2D is conv2d. */
export function snakeCase(className: string): string {
  return className
    .replace(/^.*>/, '')
    .replace(/\W+/g, '')
    .replace(/(.)([A-Z][a-z]+)/g, '$1_$2')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase();
}
