// Writes a network and its samples as a user would have them: a Keras file, and NumPy arrays with and without labels.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { npyBytes, zipBytes } from '../../packages/calibration-data/test/written-files.mjs';
import { kerasH5 } from './save-keras-h5.mjs';
import { trainNetwork } from './train-network.mjs';

/**
 * Writes NAME.h5, calibration.npy, and with labels train.npz and evaluation.npz.
 * @param {import('./train-network.mjs').Network} network
 * @param parts of `sample-parts.mjs`
 * @param options of `trainNetwork`
 * @returns {Promise<readonly string[]>} the names of the files
 */
export async function makeFiles(network, seed, parts, folder, options) {
  const model = await trainNetwork(network, seed, parts.training, options);
  const { shape } = network.dataset;
  const files = {
    [`${network.name}.h5`]: await kerasH5(model),
    'train.npz': labelled(parts.training, shape),
    'calibration.npy': samplesBytes(parts.calibration, shape),
    'evaluation.npz': labelled(parts.evaluation, shape),
  };
  model.dispose();
  mkdirSync(folder, { recursive: true });
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes);
  return Object.keys(files);
}

function samplesBytes({ values, labels }, shape) {
  return npyBytes(values instanceof Uint8Array ? '|u1' : '<f4', [labels.length, ...shape], values);
}

function labelled(part, shape) {
  return zipBytes([
    { name: 'x.npy', bytes: samplesBytes(part, shape) },
    { name: 'y.npy', bytes: npyBytes('|u1', [part.labels.length], part.labels) },
  ]);
}
