// Gives every layer its weights of a .keras archive, where each layer has a group of its own.
import { openGroup, openWeight, textsIn, type StoredWeight } from './weight-store.js';
import type { AssignedWeights } from './assign-weights.js';
import type { Hdf5Group } from '../hdf5/open-hdf5.js';
import { ownVariables } from './layers/index.js';
import type { LayerConfig, ModelConfig } from './model-config.js';
import { weightsMismatch } from './refuse.js';

const SAVE_AGAIN = 'save the model again in the program that built or trained it, with model.save("model.keras")';

/** A layer used in two models has its weights in one of the two places. */
const SHARED =
  'save the model again with model.save("model.h5") and give that: where a layer is shared by a model and another model inside it, .keras leaves out its weights in one of the two';

/**
 * Keras goes by the class of a layer and its number among those of that class, in the order of the model's layers, never by
 * its name: `layers/conv2d_1/vars/0`. Where the group says the layer's name too, as newer releases do, it must agree.
 */
export function weightsByPlace(root: Hdf5Group, model: ModelConfig): AssignedWeights {
  const assigned = new Map<string, ReadonlyMap<string, StoredWeight>>();
  const missing = model.layers.some((layer) => layer.model !== undefined) ? SHARED : SAVE_AGAIN;
  assignModel({ root, separator: separatorOf(root), assigned, missing }, model, '', []);
  return assigned;
}

interface Place {
  readonly root: Hdf5Group;
  readonly separator: string;
  readonly assigned: Map<string, ReadonlyMap<string, StoredWeight>>;
  /** What to do where a group is missing. */
  readonly missing: string;
}

/** Saved on Windows, some releases have one group `layers\\conv2d`, with `vars` in it, instead of two. */
function separatorOf(root: Hdf5Group): string {
  return root.names.some((name) => name.includes('\\')) ? '\\' : '/';
}

function assignModel(place: Place, model: ModelConfig, base: string, groups: readonly string[]): void {
  const old = groupsBelow(place, [...groups, OLD_CONTAINER]);
  const container = [...groups, old.length > 0 ? OLD_CONTAINER : 'layers'];
  const names = old.length > 0 ? namesByOrder(model, old) : namesByNumber(model);
  model.layers.forEach((layer, i) => {
    const path = base === '' ? layer.name : `${base}/${layer.name}`;
    if (layer.model === undefined && ownVariables(layer, path).length === 0) return;
    const name =
      names[i] ??
      weightsMismatch(
        `the file has another number of groups for the class ${layer.className} than the model has layers of it`,
        path,
        place.missing,
      );
    if (layer.model !== undefined) assignModel(place, layer.model, path, [...container, name]);
    else assignLayer(place, layer, path, [...container, name]);
  });
}

/** What Keras 2.12 to 2.14 call the group around the layers of a model. */
const OLD_CONTAINER = '_layer_checkpoint_dependencies';

function namesByNumber(model: ModelConfig): readonly string[] {
  const counts = new Map<string, number>();
  return model.layers.map(({ className }) => {
    const kind = snakeCase(className);
    const count = counts.get(kind) ?? 0;
    counts.set(kind, count + 1);
    return count === 0 ? kind : `${kind}_${count}`;
  });
}

/**
 * Keras 2.12 to 2.14 count a layer with weights twice, so that numbers are left out: the groups of a class are in the order
 * of its layers. Undefined where there is not one group for each layer.
 */
function namesByOrder(model: ModelConfig, groups: readonly string[]): readonly (string | undefined)[] {
  const kinds = model.layers.map(({ className }) => snakeCase(className));
  const numbers = new Map(kinds.map((kind) => [kind, [] as number[]]));
  for (const group of groups) {
    const [, kind, number] = /^(.*?)(?:_(\d+))?$/.exec(group) ?? [];
    numbers.get(kind ?? group)?.push(Number(number ?? 0));
  }
  for (const list of numbers.values()) list.sort((a, b) => a - b);
  const counts = new Map<string, number>();
  for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const next = new Map<string, number>();
  return kinds.map((kind) => {
    const at = next.get(kind) ?? 0;
    next.set(kind, at + 1);
    const list = numbers.get(kind)!;
    if (list.length !== counts.get(kind)) return undefined;
    return list[at] === 0 ? kind : `${kind}_${list[at]}`;
  });
}

/** Names of the groups directly in a group; with `\\` for a separator, all of them lie in the root. */
function groupsBelow({ root, separator }: Place, path: readonly string[]): readonly string[] {
  if (separator === '/') return openGroup(root, path.join('/'))?.names ?? [];
  const start = `${path.join(separator)}${separator}`;
  const below = root.names.filter((name) => name.startsWith(start)).map((name) => name.slice(start.length));
  return [...new Set(below.map((name) => name.split(separator, 1)[0]!))];
}

function assignLayer(
  { root, separator, assigned, missing }: Place,
  layer: LayerConfig,
  path: string,
  own: readonly string[],
): void {
  const variables = ownVariables(layer, path);
  const where = `${own.join(separator)}/vars`;
  const group = openGroup(root, where) ?? openGroup(root, [...own, 'vars'].join(separator));
  if (group === undefined)
    return weightsMismatch(`the file has no group ${where} with its weights (${variables.join(', ')})`, path, missing);
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
