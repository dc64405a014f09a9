// `npm run network -- NAME FOLDER`: trains one of the repository's own networks and writes it with its samples.
//
//   node tools/networks/make.mjs NAME FOLDER [--seed N] [--digits FOLDER] [--engine wasm]
//
// --digits: trains on digits that people wrote, of MNIST's files in that folder, instead of drawn ones.
import { parseArgs } from 'node:util';
import { makeFiles } from './make-files.mjs';
import { networks } from './networks.mjs';
import { drawnParts, realDigits } from './sample-parts.mjs';

const purposes = { training: 'train on', calibration: 'calibrate with', evaluation: 'evaluate on' };

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string', default: '1' },
    digits: { type: 'string' },
    engine: { type: 'string', default: 'wasm' },
  },
});
const [name, folder] = positionals;
const network = networks.find((each) => each.name === name);
const seed = Number(options.seed);
if (network === undefined || folder === undefined || !Number.isSafeInteger(seed)) {
  process.stderr.write(
    `node tools/networks/make.mjs NAME FOLDER [--seed N] [--digits FOLDER]\nNAME is one of: ${networks.map((each) => each.name).join(', ')}\n`,
  );
  process.exit(2);
}

const parts = options.digits === undefined ? drawnParts(network, seed) : await realDigits(network, options.digits);
const files = await makeFiles(network, seed, parts, folder, {
  engine: options.engine,
  progress: (epoch, epochs, accuracy) =>
    process.stdout.write(
      `epoch ${epoch} of ${epochs}: ${(100 * accuracy).toFixed(1)} % right on what it is trained on\n`,
    ),
});
const counted = Object.entries(parts).map(([part, { labels }]) => `${labels.length} to ${purposes[part]}`);
process.stdout.write(`wrote ${files.join(', ')} into ${folder}: ${counted.join(', ')}\n`);
