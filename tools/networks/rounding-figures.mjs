// What 4-bit weights cost one of the repository's own networks, by the ways to round them: points of top-1 on samples it never saw.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deploy, deployHost, noProgress, readProfileFolder, requestOf } from '@wherry/pipeline';
import { makeFiles } from './make-files.mjs';
import { drawnParts } from './sample-parts.mjs';

/** `plain`: what rounding each weight to the nearest comes to, and nothing else done for it. `nearest`: everything but the rounding. */
export const ways = {
  plain: { method: 'min-max', rounding: 'nearest', weightClipping: false, biasCorrection: false, equalization: false },
  nearest: { rounding: 'nearest' },
  optimized: {},
};

/** So that a point is more than chance: of 3,000 samples a loss of 1 % has a standard error of 0.2 to 0.3 points. */
const evaluated = 3000;

/** How many of the evaluation samples were right, by the float network and by each way. */
export async function roundingFigures(network, seed, engine) {
  const folder = mkdtempSync(join(tmpdir(), 'rounding-'));
  try {
    await makeFiles(network, seed, drawnParts(network, seed, evaluated), folder, { engine });
    return await figuresOf(network, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Of files that `makeFiles` wrote. @returns {Promise<{ labelled: number, float: number, [way: string]: number }>} */
export async function figuresOf({ name }, folder) {
  const settings = {
    model: join(folder, `${name}.h5`),
    profile: 'host-reference',
    scheme: 'int4',
    calibration: join(folder, 'calibration.npy'),
    evaluation: join(folder, 'evaluation.npz'),
    samples: evaluated,
  };
  const [library, host] = [await readProfileFolder(), deployHost('wasm')];
  const figures = {};
  for (const [way, choices] of Object.entries(ways)) {
    const request = requestOf({ ...settings, ...choices }, ['model', 'profile']);
    const { accuracy } = await deploy(request, library, host, noProgress);
    const { labelled, floatRight, quantizedRight } = accuracy[0].top1;
    Object.assign(figures, { labelled, float: floatRight, [way]: quantizedRight });
  }
  return figures;
}

/** Points of top-1 that a way loses against the float network. */
export const lostPoints = (figures, way) => (100 * (figures.float - figures[way])) / figures.labelled;
