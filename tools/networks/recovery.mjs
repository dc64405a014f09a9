// `node tools/networks/recovery.mjs`: how much of what 4-bit weights cost the repository's own networks training wins back.
//
//   node tools/networks/recovery.mjs [--only TEXT] [--seeds 3] [--first 1] [--engine wasm|node] [--json]
//
// Needs `npm run build`. Trains each network anew for each seed, quantizes it plainly and by default, and trains it further
// with the integers in place. Exits 1 where less than 80 % of what plain rounding loses comes back.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { importModel } from '@wherry/importers';
import { deployHost, readProfileFolder } from '@wherry/pipeline';
import { optimize } from '@wherry/quantizer';
import { textTable } from '../oracle/twins-figures.mjs';
import { rightOf, runWays } from '../bench/training-figures.mjs';
import { makeFiles } from './make-files.mjs';
import { networks } from './networks.mjs';
import { drawnParts } from './sample-parts.mjs';

const { values: options } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: ['digits-depthwise', 'keywords-depthwise'] },
    seeds: { type: 'string', default: '3' },
    first: { type: 'string', default: '1' },
    engine: { type: 'string', default: 'wasm' },
    json: { type: 'boolean', default: false },
  },
});
const leastShare = 0.8;
const training = { loss: 'both', rate: 0.001, batch: 32, epochs: 12 };

function samplesOf({ values, labels }) {
  const size = values.length / labels.length;
  return Array.from(labels, (label, i) => ({
    inputs: [Float32Array.from(values.subarray(i * size, (i + 1) * size))],
    label,
  }));
}

async function rowOf(network, seed, context) {
  const folder = mkdtempSync(join(tmpdir(), 'recovery-'));
  try {
    const parts = drawnParts(network, seed);
    const [file] = await makeFiles(network, seed, parts, folder, { engine: options.engine });
    const model = join(folder, file);
    const float = optimize(importModel(readFileSync(model), { fileName: model }).graph).graph;
    const [pool, judged] = [parts.training, parts.evaluation].map(samplesOf);
    const job = { model, scheme: 'int4', training, pool, judged };
    const ways = await runWays(job, ['plain', 'default'], { ...context, float });
    const right = Object.fromEntries(
      Object.entries(ways).map(([way, { outputs }]) => [
        way,
        rightOf(
          outputs,
          judged.map(({ label }) => label),
        ),
      ]),
    );
    return { network: network.name, seed, judged: judged.length, right, seconds: ways.trained.seconds };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Of what a way loses, the share that training wins back. */
const recovered = ({ right }, way) => (right.trained - right[way]) / (right.float - right[way]);
const percent = (share) => (Number.isFinite(share) ? (100 * share).toFixed(0) : '-');
const points = ({ right, judged }, way) => ((100 * (right.float - right[way])) / judged).toFixed(1);
const cellsOf = (row) => [
  row.network,
  row.seed,
  ((100 * row.right.float) / row.judged).toFixed(1),
  ...['plain', 'default', 'trained'].map((way) => points(row, way)),
  ...['plain', 'default'].map((way) => percent(recovered(row, way))),
  row.seconds.toFixed(0),
];

const context = { library: await readProfileFolder(), host: deployHost(options.engine) };
const rows = [];
for (const network of networks.filter(({ name }) => options.only.some((text) => name.includes(text))))
  for (let seed = Number(options.first); seed < Number(options.first) + Number(options.seeds); seed++) {
    process.stderr.write(`${network.name}, seed ${seed}\n`);
    rows.push(await rowOf(network, seed, context));
  }
const head = [
  'network',
  'seed',
  'float, %',
  'plain loses, points',
  'default',
  'trained',
  'of plain won back, %',
  'of default',
  'seconds',
];
process.stdout.write(options.json ? `${JSON.stringify({ rows })}\n` : `${textTable([head, ...rows.map(cellsOf)])}\n`);
process.exitCode = rows.length === 0 || rows.some((row) => recovered(row, 'plain') < leastShare) ? 1 : 0;
