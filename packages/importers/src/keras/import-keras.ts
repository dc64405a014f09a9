// Imports a Keras file, .h5/.hdf5 or .keras, as a float graph.
import { GraphBuilder, tensorAt, verify, WherryError, type Diagnostic, type Graph } from '@wherry/graph';
import { batchOfOne } from '../batch-of-one.js';
import { importDiagnostics } from '../diagnostics.js';
import { realInputWarning } from '../real-input-warning.js';
import { openHdf5, type Hdf5Group } from '../hdf5/open-hdf5.js';
import { assignWeights, type AssignedWeights } from './assign-weights.js';
import { buildModel } from './build-model.js';
import { entry, isObject, parseJson } from './json.js';
import { openKerasArchive } from './keras-archive.js';
import type { ModelConfig } from './model-config.js';
import { readModelConfig } from './read-model-config.js';
import { invalidConfig } from './refuse.js';
import { openWeightStore } from './weight-store.js';
import { weightsByPlace } from './weights-by-place.js';

export interface ImportedKeras {
  readonly graph: Graph;
  /** As the file says, e.g. `2.4.0`; `unknown` when it does not. */
  readonly kerasVersion: string;
  /** What the file leaves open, and how it was decided. */
  readonly warnings: readonly Diagnostic[];
}

const MAX_USES = 20000;

/**
 * Reads a model saved by `model.save("x.h5")` of Keras 2 or 3. Throws WherryError with a code HDF5_*, KERAS_* or GRAPH_*;
 * nothing else. Nothing in the file is run and no other file is opened.
 */
export function importKeras(bytes: Uint8Array): ImportedKeras {
  const { root } = openHdf5(bytes);
  const config = textAttribute(root, 'model_config');
  if (config === undefined) return refuseWeightsOnly(root);
  const model = readModelConfig(parseJson(config, 'attribute model_config'));
  const kerasVersion = textAttribute(root, 'keras_version') ?? weightsVersion(root) ?? 'unknown';
  const { weights, warnings } = assignWeights(model, openWeightStore(root), generationOf(kerasVersion));
  return build(model, weights, { kerasVersion, warnings });
}

/** The same of a model saved by `model.save("x.keras")`, Keras 2.12 or later. Throws KERAS_ARCHIVE_INVALID too. */
export function importKerasArchive(bytes: Uint8Array): ImportedKeras {
  const archive = openKerasArchive(bytes);
  const model = readModelConfig(parseJson(archive.config, 'config.json'));
  const metadata = archive.metadata === undefined ? {} : parseJson(archive.metadata, 'metadata.json');
  const version = isObject(metadata) ? entry(metadata, 'keras_version') : undefined;
  const weights = weightsByPlace(openHdf5(archive.weights).root, model);
  return build(model, weights, { kerasVersion: typeof version === 'string' ? version : 'unknown', warnings: [] });
}

function generationOf(kerasVersion: string): 2 | 3 {
  return /^[3-9]/.test(kerasVersion) ? 3 : 2;
}

function build(
  model: ModelConfig,
  weights: AssignedWeights,
  { kerasVersion, warnings }: Omit<ImportedKeras, 'graph'>,
): ImportedKeras {
  const builder = new GraphBuilder(model.name);
  const context = {
    builder,
    weights,
    kerasVersion: generationOf(kerasVersion),
    parameters: new Map<string, number>(),
    uses: { left: MAX_USES },
    integers: new Map<number, string>(),
    batch: { size: 1 },
  };
  const graph = verify(builder.finish(buildModel(context, model)), 'import');
  const batch = context.batch.size;
  const real = graph.inputs.flatMap((id) => {
    const dtype = context.integers.get(id);
    return dtype === undefined ? [] : [realInputWarning({ name: tensorAt(graph, id).name, dtype })];
  });
  const all = [...warnings, ...real, ...(batch === 1 ? [] : [batchOfOne(graph, batch)])];
  return { graph, kerasVersion, warnings: all };
}

function weightsVersion(root: Hdf5Group): string | undefined {
  const weights = root.names.includes('model_weights') ? root.open('model_weights') : undefined;
  return weights?.kind === 'group' ? textAttribute(weights, 'keras_version') : undefined;
}

function textAttribute(group: Hdf5Group, name: string): string | undefined {
  const attribute = group.attributes.get(name);
  if (attribute === undefined) return undefined;
  const values = attribute.read();
  if (values.kind !== 'strings' || values.data.length !== 1)
    return invalidConfig('it is not a text', `attribute ${name}`);
  return values.data[0];
}

function refuseWeightsOnly(root: Hdf5Group): never {
  const hasWeights =
    root.attributes.has('layer_names') || root.names.some((name) => name === 'layers' || name === 'model_weights');
  throw new WherryError(importDiagnostics.KERAS_NO_CONFIG, {
    what: hasWeights
      ? 'the file holds the weights of a Keras model, but not the model: it has no attribute model_config'
      : 'the HDF5 file was not written by Keras: it has no attribute model_config',
    where: 'the root of the file',
    next: 'build the model in Python, load the weights with model.load_weights(...), then save all of it with model.save("model.h5")',
  });
}
