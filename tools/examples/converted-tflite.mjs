// A trained network as the TensorFlow Lite file that a converter would have made of it.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { deploy, deployHost, noProgress, readProfileFolder, requestOf } from '@wherry/pipeline';
import { decode, encode } from '@wherry/tflite-writer';

/**
 * @param {Uint8Array} h5 a Keras file
 * @param {readonly string[]} layers what the operators of the file are called, in their order
 * @param {{ profile: string, scheme: string, calibration?: { name: string, files: ReadonlyMap<string, Uint8Array> } }} settings
 *   `name`: of what is calibrated with, among `files`
 * @returns {Promise<Uint8Array>}
 */
export async function convertedTflite(h5, layers, { calibration, ...settings }) {
  const folder = mkdtempSync(join(tmpdir(), 'converted-tflite-'));
  try {
    const model = join(folder, 'model.h5');
    for (const [path, bytes] of [...(calibration?.files ?? []), ['model.h5', h5]]) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), bytes);
    }
    const data = calibration && { calibration: join(folder, calibration.name) };
    const request = requestOf({ ...settings, ...data, model }, ['model', 'profile']);
    const { tflite } = await deploy(request, await readProfileFolder(), deployHost('wasm'), noProgress);
    return named(tflite, layers);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A deployed file needs no names, so it has none; a converter's has those of the layers. */
function named(tflite, layers) {
  const model = decode(tflite);
  const [{ operators, tensors }] = model.subgraphs;
  if (operators.length !== layers.length) throw new RangeError(`${operators.length} operators, ${layers.length} names`);
  operators.forEach(({ outputs: [output] }, at) => (tensors[output].name = layers[at]));
  return encode(model);
}
