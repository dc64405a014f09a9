// Imports a Keras .h5/.hdf5 file as a float graph.
import { GraphBuilder, tensorAt, verify, WherryError, type Diagnostic, type Graph } from '@wherry/graph';
import { batchOfOne } from '../batch-of-one.js';
import { importDiagnostics } from '../diagnostics.js';
import { realInputWarning } from '../real-input-warning.js';
import { openHdf5, type Hdf5Group } from '../hdf5/open-hdf5.js';
import { assignWeights } from './assign-weights.js';
import { buildModel } from './build-model.js';
import { parseJson } from './json.js';
import { readModelConfig } from './read-model-config.js';
import { invalidConfig } from './refuse.js';
import { openWeightStore } from './weight-store.js';

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
  const builder = new GraphBuilder(model.name);
  const generation = /^[3-9]/.test(kerasVersion) ? 3 : 2;
  const { weights, warnings } = assignWeights(model, openWeightStore(root), generation);
  const context = {
    builder,
    weights,
    kerasVersion: generation,
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
