// Gives every layer inside of a model its own stored weights, also where a nested model's weights are saved as one list.
import { diagnose, type Diagnostic } from '@wherry/graph';
import { importDiagnostics } from '../diagnostics.js';
import { bareName, matchByName, type Match } from './match-names.js';
import type { LayerConfig, ModelConfig } from './model-config.js';
import { ownWeights, type Variable } from './own-weights.js';
import { weightsMismatch } from './refuse.js';
import type { StoredWeight, WeightStore } from './weight-store.js';

/** Weights by the path of their layer, then by the variable's name in the layer's definition. */
export type AssignedWeights = ReadonlyMap<string, ReadonlyMap<string, StoredWeight>>;

export interface WeightAssignment {
  readonly weights: AssignedWeights;
  /** Where names did not tell which weight is whose. */
  readonly warnings: readonly Diagnostic[];
}

/** States of random generators, which some releases save among the weights. */
const RANDOM_STATE = /(^|\/)(StateVar|seed_generator_state)(_\d+)?(:\d+)?$/;

const COMPARE = 'compare what the float model gives for some samples with Keras before you trust the result';
const SAVE_AGAIN =
  'save the model again with model.save("model.h5") in the program that built or trained it; Keras cannot load this file either';

const SHARED =
  'two parts of this model share a layer, whose weights .h5 holds once only and Keras cannot load: in the program that built the model, convert it with tf.lite.TFLiteConverter.from_keras_model and give the .tflite';

export function assignWeights(model: ModelConfig, store: WeightStore, kerasVersion: number): WeightAssignment {
  const warnings: Diagnostic[] = [];
  const warn = (what: string, layer: string): void => {
    const where = `layer ${layer}`;
    warnings.push(diagnose(importDiagnostics.KERAS_WEIGHTS_AMBIGUOUS, { what, where, next: COMPARE }));
  };
  const owners = model.layers
    .map((layer) => ({ layer, variables: ownWeights(layer, kerasVersion) }))
    .filter(({ variables }) => variables.length > 0);
  const groups = groupsOf(
    owners.map(({ layer }) => layer.name),
    store,
    warn,
  );
  const assigned = new Map<string, Map<string, StoredWeight>>();
  owners.forEach(({ layer, variables }, i) => {
    const stored = (groups[i] ?? []).filter(({ name }) => !RANDOM_STATE.test(name));
    const match = matchOf(layer, variables, stored, warn);
    variables.forEach((variable, at) => {
      const own = assigned.get(variable.path) ?? new Map<string, StoredWeight>();
      assigned.set(variable.path, own.set(variable.name, match[at]!));
    });
  });
  return { weights: assigned, warnings };
}

type Warn = (what: string, layer: string) => void;

/** By the names of layers; in the order of the file where a name is not there, as Keras itself goes by order alone. */
function groupsOf(
  names: readonly string[],
  store: WeightStore,
  warn: Warn,
): readonly (readonly StoredWeight[] | undefined)[] {
  const named = names.map((name) => store.weightsOf(name));
  const missing = named.findIndex((weights) => weights === undefined || weights.length === 0);
  if (missing < 0 || store.layers.length !== names.length) return named;
  const [name, instead] = [names[missing]!, store.layers[missing]!];
  warn(`the file has weights of ${instead} but none of ${name}; they were taken in the order of the layers`, name);
  return store.layers.map((layer) => store.weightsOf(layer));
}

function matchOf(
  layer: LayerConfig,
  variables: readonly Variable[],
  stored: readonly StoredWeight[],
  warn: Warn,
): Match {
  if (stored.length !== variables.length) return refuseCount(layer.name, variables, stored);
  const byName = matchByName(variables, stored);
  if (byName !== undefined) {
    if (layer.model !== undefined && byName.some((weight, i) => weight !== stored[i]))
      warn(
        'its weights lie in another order than Keras loads them in, so that Keras itself may mix them up; here they were matched by their names',
        layer.name,
      );
    return byName;
  }
  const known = new Set(variables.flatMap(({ storedNames }) => storedNames));
  const fits = ({ storedNames }: Variable, i: number): boolean => storedNames.includes(lastPart(stored[i]!));
  const contradicted = variables.findIndex((variable, i) => !fits(variable, i) && known.has(lastPart(stored[i]!)));
  if (contradicted >= 0) {
    const { path, name } = variables[contradicted]!;
    weightsMismatch(`the weight in the place of its ${name} is named ${stored[contradicted]!.name}`, path, SAVE_AGAIN);
  }
  const told = layer.model === undefined && variables.every(fits);
  if (!told) {
    const example = stored[0]!.name;
    warn(
      `the names of its weights, such as ${example}, do not tell whose they are; they were taken in the order in which Keras saves and loads them`,
      layer.name,
    );
  }
  return stored;
}

function lastPart({ name }: StoredWeight): string {
  return bareName(name.slice(name.lastIndexOf('/') + 1));
}

function refuseCount(layer: string, variables: readonly Variable[], stored: readonly StoredWeight[]): never {
  const wanted = listed(variables.map(({ name }) => name));
  const found = stored.length === 0 ? '' : ` (${listed(stored.map(lastPart))})`;
  const what = `it needs ${variables.length} weights (${wanted}), the file has ${stored.length}${found}`;
  if (stored.some((weight) => lastPart(weight).startsWith('lora_')))
    return weightsMismatch(what, layer, 'merge the low-rank weights into the layer, then save the model');
  const ends = new Set(variables.map((variable) => `${variable.layer}/${variable.name}`));
  if (stored.length === ends.size && stored.length < variables.length) return weightsMismatch(what, layer, SHARED);
  return weightsMismatch(what, layer, SAVE_AGAIN);
}

function listed(names: readonly string[]): string {
  return names.slice(0, 6).join(', ') + (names.length > 6 ? ', ...' : '');
}
