// Makes everything the demo's `deploy` reads: a trained network and data that it was not trained on.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { npyBytes, zipBytes } from '../../packages/calibration-data/test/written-files.mjs';
import { kerasH5 } from '../networks/save-keras-h5.mjs';
import { drawShapes, labels, side } from './shapes-dataset.mjs';
import { trainShapesModel } from './train-shapes-model.mjs';

/** Neither is the seed of the training set: what is measured is what the network makes of pictures it has never seen. */
const calibration = { count: 256, seed: 101 };
const evaluation = { count: 400, seed: 202 };

/**
 * Writes shapes.h5, calibration.npy (pictures) and evaluation.npz (pictures x, classes y) into the folder.
 * @param {string} folder made when it is not there
 * @param {(epoch: number, epochs: number, accuracy: number) => void} [progress] told after each epoch of training
 */
export async function makeDemoFiles(folder, progress) {
  mkdirSync(folder, { recursive: true });
  const write = (name, bytes) => writeFileSync(join(folder, name), bytes);
  write('shapes.h5', await kerasH5(await trainShapesModel(progress)));
  write('calibration.npy', pictures(calibration).npy);
  const { npy, classes } = pictures(evaluation);
  write(
    'evaluation.npz',
    zipBytes([
      { name: 'x.npy', bytes: npy },
      { name: 'y.npy', bytes: npyBytes('|u1', [evaluation.count], classes) },
    ]),
  );
  return { labels, calibration, evaluation };
}

function pictures({ count, seed }) {
  const { images, labels: classes } = drawShapes(count, seed);
  return { npy: npyBytes('|u1', [count, side, side, 1], images), classes };
}
