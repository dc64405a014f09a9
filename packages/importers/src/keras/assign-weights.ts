// Gives every layer inside of a model its own stored weights, also where a nested model's weights are saved as one list.
import { definitionOf, settingsOf } from './layers/index.js';
import type { LayerConfig, ModelConfig } from './model-config.js';
import { weightsMismatch } from './refuse.js';
import { booleanSetting, type Settings } from './settings.js';
import type { StoredWeight, WeightStore } from './weight-store.js';

/** Weights by the path of their layer, then by the variable's name in the layer's definition. */
export type AssignedWeights = ReadonlyMap<string, ReadonlyMap<string, StoredWeight>>;

interface Variable {
  readonly path: string;
  readonly layer: string;
  readonly name: string;
  /** Keras saves all trainable weights of a nested model before all others. */
  readonly trainable: boolean;
}

export function assignWeights(model: ModelConfig, store: WeightStore): AssignedWeights {
  const assigned = new Map<string, Map<string, StoredWeight>>();
  for (const layer of model.layers) {
    const variables = variablesOf(layer, layer.name, true);
    if (variables.length === 0) continue;
    const stored = store.weightsOf(layer.name);
    if (stored.length !== variables.length) {
      weightsMismatch(
        `it needs ${variables.length} weights (${listed(variables)}), the file has ${stored.length}`,
        layer.name,
      );
    }
    const matched = matchByName(variables, stored) ?? matchByOrder(variables, stored);
    for (const [variable, weight] of matched) {
      const own = assigned.get(variable.path) ?? new Map<string, StoredWeight>();
      assigned.set(variable.path, own.set(variable.name, weight));
    }
  }
  return assigned;
}

function listed(variables: readonly Variable[]): string {
  const names = variables.slice(0, 6).map((variable) => variable.name);
  return names.join(', ') + (variables.length > names.length ? ', ...' : '');
}

function variablesOf(layer: LayerConfig, path: string, outerTrainable: boolean): Variable[] {
  const settings: Settings = settingsOf(layer, path);
  const trainable = outerTrainable && booleanSetting(settings, 'trainable', true);
  if (layer.model !== undefined) {
    return layer.model.layers.flatMap((inner) => variablesOf(inner, `${path}/${inner.name}`, trainable));
  }
  const variables = definitionOf(layer, path).variables?.(settings);
  const one = (name: string, isTrainable: boolean): Variable => ({
    path,
    layer: layer.name,
    name,
    trainable: isTrainable,
  });
  return [
    ...(variables?.trainable ?? []).map((name) => one(name, trainable)),
    ...(variables?.stateful ?? []).map((name) => one(name, false)),
  ];
}

type Match = readonly (readonly [Variable, StoredWeight])[];

/** By `layer/variable` at the end of the saved name; undefined unless every variable is found that way. */
function matchByName(variables: readonly Variable[], stored: readonly StoredWeight[]): Match | undefined {
  const byKey = new Map<string, StoredWeight[]>();
  for (const weight of stored) {
    const parts = weight.name.split('/');
    const key = `${parts.at(-2) ?? ''}/${bareName(parts.at(-1) ?? '')}`;
    const same = byKey.get(key) ?? [];
    same.push(weight);
    byKey.set(key, same);
  }
  const cursor = new Map<string, number>();
  const match: [Variable, StoredWeight][] = [];
  for (const variable of variables) {
    const key = `${variable.layer}/${variable.name}`;
    const position = cursor.get(key) ?? 0;
    const weight = byKey.get(key)?.[position];
    if (weight === undefined) return undefined;
    cursor.set(key, position + 1);
    match.push([variable, weight]);
  }
  return match;
}

/** `kernel:0` and `kernel` are the same variable. */
function bareName(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(0, colon);
}

/** In the order Keras saves: trainable weights of all layers, then the rest. */
function matchByOrder(variables: readonly Variable[], stored: readonly StoredWeight[]): Match {
  const ordered = [
    ...variables.filter((variable) => variable.trainable),
    ...variables.filter((variable) => !variable.trainable),
  ];
  return ordered.map((variable, i) => [variable, stored[i]!] as const);
}
