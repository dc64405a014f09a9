// The samples of a network in three parts that share none: to train on, to calibrate with and to evaluate on.
import { join } from 'node:path';
import { openDataset, parseDataSource } from '@wherry/calibration-data';

export const counts = { calibration: 300, evaluation: 1000 };

/** Far apart, so that no two streams of numbers begin alike. */
const seedOf = (seed, part) => 1000003 * seed + 101 * part;

/** Drawn from the seed. `evaluation`: how many to evaluate on, of which fewer are the first. */
export function drawnParts({ dataset, training }, seed, evaluation = counts.evaluation) {
  return {
    training: dataset.draw(training.samples, seedOf(seed, 1)),
    calibration: dataset.draw(counts.calibration, seedOf(seed, 2)),
    evaluation: dataset.draw(evaluation, seedOf(seed, 3)),
  };
}

/**
 * Digits that people wrote, of a pair of IDX files in `folder`; what is neither to calibrate with nor to evaluate on is to train on.
 * @param {string} images name of the file with the pictures; the labels lie beside it
 */
export async function realDigits({ dataset: { shape } }, folder, images = 'dev5000-images-idx3-ubyte.gz') {
  const spec = { ...parseDataSource(images), path: join(folder, images) };
  const read = await openDataset(spec, [{ name: 'x', shape: [1, ...shape], dtype: 'float32' }], {});
  const all = [];
  for await (const { inputs, label } of read.samples()) all.push({ values: inputs[0], label });
  const [evaluation, calibration] = [counts.evaluation, counts.evaluation + counts.calibration];
  return {
    training: joined(all.slice(calibration)),
    calibration: joined(all.slice(evaluation, calibration)),
    evaluation: joined(all.slice(0, evaluation)),
  };
}

function joined(samples) {
  return {
    values: Uint8Array.from(samples.flatMap(({ values }) => Array.from(values))),
    labels: Uint8Array.from(samples, ({ label }) => label),
  };
}
