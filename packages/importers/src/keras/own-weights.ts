// The weights that a layer or a nested model owns, in the order in which each generation of Keras writes them to a file.
import { definitionOf, settingsOf } from './layers/index.js';
import type { LayerConfig } from './model-config.js';
import { booleanSetting } from './settings.js';

export interface Variable {
  /** Names of the models around it and of the layer, `/` between them; a name may have slashes of its own. */
  readonly path: string;
  /** The layer's own name: the end of the path. */
  readonly layer: string;
  readonly name: string;
  /** The names that it may have in a file, its own first. */
  readonly storedNames: readonly string[];
}

interface Owned {
  readonly trainable: readonly Variable[];
  readonly rest: readonly Variable[];
}

/** As the file has them: trainable weights first, then the others, by the rules of that generation. */
export function ownWeights(layer: LayerConfig, kerasVersion: number): readonly Variable[] {
  const { trainable, rest } = kerasVersion >= 3 ? owned3(layer, layer.name) : owned2(layer, layer.name);
  return [...trainable, ...rest];
}

function isTrainable(layer: LayerConfig, path: string): boolean {
  return booleanSetting(settingsOf(layer, path), 'trainable', true);
}

function ofLayer(layer: LayerConfig, path: string): Owned {
  const declared = definitionOf(layer, path).variables?.(settingsOf(layer, path));
  const variable = (name: string): Variable => {
    const other = declared?.alsoCalled?.[name];
    return { path, layer: layer.name, name, storedNames: other === undefined ? [name] : [name, other] };
  };
  return { trainable: (declared?.trainable ?? []).map(variable), rest: (declared?.stateful ?? []).map(variable) };
}

/** What is not trained is listed whole, its trainable part in front. */
function frozen({ trainable, rest }: Owned): Owned {
  return { trainable: [], rest: [...trainable, ...rest] };
}

/** Keras 2: each layer sorts its own; a model strings the lists of its layers together. */
function owned2(layer: LayerConfig, path: string): Owned {
  const inner = layer.model?.layers.map((child) => owned2(child, `${path}/${child.name}`));
  const all =
    inner === undefined
      ? ofLayer(layer, path)
      : { trainable: inner.flatMap((child) => child.trainable), rest: inner.flatMap((child) => child.rest) };
  return isTrainable(layer, path) ? all : frozen(all);
}

/** Keras 3: all weights in the order of the layers, sorted once by what the weight itself says; a frozen model's not at all. */
function owned3(layer: LayerConfig, path: string): Owned {
  const flagged = flagged3(layer, path);
  const of = (wanted: boolean): Variable[] =>
    flagged.filter(({ trainable }) => trainable === wanted).map(({ variable }) => variable);
  return isTrainable(layer, path)
    ? { trainable: of(true), rest: of(false) }
    : { trainable: [], rest: flagged.map(({ variable }) => variable) };
}

function flagged3(layer: LayerConfig, path: string): { readonly variable: Variable; readonly trainable: boolean }[] {
  if (layer.model !== undefined) return layer.model.layers.flatMap((child) => flagged3(child, `${path}/${child.name}`));
  const { trainable, rest } = ofLayer(layer, path);
  const own = isTrainable(layer, path);
  return [
    ...trainable.map((variable) => ({ variable, trainable: own })),
    ...rest.map((variable) => ({ variable, trainable: false })),
  ];
}
