// `node tools/networks/rounding.mjs`: what 4-bit weights cost the depthwise networks, rounded to the nearest and together.
//
//   node tools/networks/rounding.mjs [--only TEXT] [--seeds 5] [--first 1] [--engine wasm] [--json]
//
// Needs `npm run build`. Trains each network anew for each seed; on `--engine node` that takes a third of the time.
// Exits 1 where plain rounding loses less than ten points, so that nothing is shown, or the default more than one.
import { parseArgs } from 'node:util';
import { depthwiseNetworks } from './depthwise-networks.mjs';
import { lostPoints, roundingFigures, ways } from './rounding-figures.mjs';

const { values: options } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    seeds: { type: 'string', default: '5' },
    first: { type: 'string', default: '1' },
    engine: { type: 'string', default: 'wasm' },
    json: { type: 'boolean', default: false },
  },
});
const [leastHarm, greatestLoss] = [10, 1];
const names = Object.keys(ways);
const rows = [];
const cells = (cell) => [...names.map(cell)].map((text) => text.padStart(10)).join('');

if (!options.json) process.stdout.write(`${'network'.padEnd(22)}seed   float${cells((way) => way)}   points lost\n`);
for (const network of depthwiseNetworks.filter(({ name }) => name.includes(options.only)))
  for (let seed = Number(options.first); seed < Number(options.first) + Number(options.seeds); seed++) {
    const row = { network: network.name, seed, ...(await roundingFigures(network, seed, options.engine)) };
    rows.push(row);
    if (options.json) continue;
    const float = ((100 * row.float) / row.labelled).toFixed(1);
    process.stdout.write(
      `${row.network.padEnd(22)}${String(seed).padStart(4)}${float.padStart(8)}${cells((way) => lostPoints(row, way).toFixed(1))}\n`,
    );
  }
if (options.json) process.stdout.write(`${JSON.stringify({ rows })}\n`);
const falls = (row) => lostPoints(row, 'plain') < leastHarm || lostPoints(row, 'optimized') > greatestLoss;
process.exitCode = rows.length === 0 || rows.some(falls) ? 1 : 0;
