// Writes a TensorFlow.js layers model as the .h5 file that Keras 2 would have written.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import h5wasm from 'h5wasm/node';

/** @param model a tf.LayersModel of the tfjs-layers package. @returns {Promise<Uint8Array>} the file. */
export async function kerasH5(model) {
  await h5wasm.ready;
  const folder = mkdtempSync(join(tmpdir(), 'keras-h5-'));
  const clock = Date.now;
  // HDF5 stamps every dataset with the time; the same weights shall give the same file.
  Date.now = () => 0;
  try {
    const path = join(folder, 'model.h5');
    const file = new h5wasm.File(path, 'w');
    file.create_attribute('keras_version', '2.15.0');
    file.create_attribute('backend', 'tensorflow');
    file.create_attribute('model_config', JSON.stringify(model.toJSON(null, false)));
    writeWeights(file, model.layers);
    file.close();
    return new Uint8Array(readFileSync(path));
  } finally {
    Date.now = clock;
    rmSync(folder, { recursive: true, force: true });
  }
}

function writeWeights(file, layers) {
  const group = file.create_group('model_weights');
  group.create_attribute(
    'layer_names',
    layers.map((layer) => layer.name),
  );
  group.create_attribute('backend', 'tensorflow');
  group.create_attribute('keras_version', '2.15.0');
  for (const layer of layers) {
    const own = group.create_group(layer.name);
    // h5wasm cannot write an empty string array; Keras reads a missing one the same way.
    if (layer.weights.length > 0)
      own.create_attribute(
        'weight_names',
        layer.weights.map((weight) => `${weight.originalName}:0`),
      );
    layer.weights.forEach((weight, position) => {
      const path = `${weight.originalName}:0`.split('/');
      let parent = own;
      for (const part of path.slice(0, -1)) parent = parent.get(part) ?? parent.create_group(part);
      const value = layer.getWeights()[position];
      parent.create_dataset({ name: path.at(-1), data: value.dataSync(), shape: value.shape, dtype: '<f4' });
    });
  }
}
