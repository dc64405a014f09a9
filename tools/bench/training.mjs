// What training without labels wins: agreement with the float model on samples that nothing has seen, before and after.
//
//   node tools/bench/training.mjs [--only TEXT] [--engine wasm|node] [--json]
//
// Needs `npm run build` and ../shared. Intervals are Wilson's, of differences Tango's, 95 %. Exits 1 where training takes
// agreement away beyond chance.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { openDataset, parseDataSource, parsePreprocessing } from '@wherry/calibration-data';
import { importModel } from '@wherry/importers';
import { deployHost, readProfileFolder } from '@wherry/pipeline';
import { optimize } from '@wherry/quantizer';
import { textTable } from '../oracle/twins-figures.mjs';
import { trainingCases } from './training-cases.mjs';
import { agreementOf, gainOf, rightOf, runWays, sqnrOf } from './training-figures.mjs';

const { values: options } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: [''] },
    engine: { type: 'string', default: 'wasm' },
    json: { type: 'boolean', default: false },
  },
});
const shared = process.env.WHERRY_SHARED || fileURLToPath(new URL('../../../shared', import.meta.url));
const percent = (share) => (100 * share).toFixed(1);
const range = ({ low, high }) => `${percent(low)} to ${percent(high)}`;

async function samplesOf(float, { data, preprocess }) {
  const spec = parseDataSource(data);
  const { name, shape, dtype } = float.tensors[float.inputs[0]];
  const given = await openDataset({ ...spec, path: join(shared, spec.path) }, [{ name, shape, dtype }], {
    preprocessing: parsePreprocessing(preprocess),
  });
  const samples = [];
  for await (const sample of given.samples()) samples.push(sample);
  return samples;
}

/** Every way on what each split leaves, one behind the other. */
async function rowOf({ model: name, scheme, start = 'default', splits, training, ...data }, context) {
  const model = join(shared, 'models', name);
  const float = optimize(importModel(readFileSync(model), { fileName: model }).graph).graph;
  const all = await samplesOf(float, data);
  const by = { float: [], [start]: [], trained: [] };
  const [labels, trainings] = [[], []];
  for (const isTrained of splits) {
    const [pool, judged] = [true, false].map((wanted) => all.filter((_, i) => isTrained(i) === wanted));
    const ways = await runWays({ model, scheme, training, start, pool, judged }, [start], { ...context, float });
    for (const way of Object.keys(by)) by[way].push(...ways[way].outputs);
    labels.push(...judged.map(({ label }) => label));
    trainings.push({ seconds: ways.trained.seconds, pool: pool.length, ...ways.trained.training });
  }
  const figures = (way) => ({
    ...agreementOf(by.float, by[way]),
    sqnrDb: sqnrOf(by.float, by[way]),
    ...(labels.every((label) => label !== undefined) && { right: rightOf(by[way], labels) / labels.length }),
  });
  return {
    model: name,
    scheme,
    start,
    judged: labels.length,
    before: figures(start),
    after: figures('trained'),
    gain: gainOf(by.float, by[start], by.trained),
    trainings,
  };
}

const cellsOf = ({ model, scheme, start, judged, before, after, gain, trainings }) => [
  model.split('/').at(-1),
  scheme,
  start,
  judged,
  ...[before, after].map((each) => `${percent(each.share)} (${range(each)})`),
  `+${gain.gained} -${gain.lost} (${range(gain)})`,
  `${before.sqnrDb.toFixed(1)} -> ${after.sqnrDb.toFixed(1)}`,
  before.right === undefined ? '-' : `${percent(before.right)} -> ${percent(after.right)}`,
  trainings
    .map(
      ({ taken, keptEpoch, epochs, seconds }) => `${taken ? keptEpoch : 'none'}/${epochs} in ${seconds.toFixed(0)} s`,
    )
    .join(', '),
];

async function main() {
  if (!existsSync(shared)) throw new Error('have ../shared, or set WHERRY_SHARED');
  const context = { library: await readProfileFolder(), host: deployHost(options.engine) };
  const rows = [];
  for (const each of trainingCases.filter(({ model, scheme, start = 'default' }) =>
    options.only.some((text) => `${model} ${scheme} ${start}`.includes(text)),
  )) {
    process.stderr.write(`train ${each.model} ${each.scheme}\n`);
    rows.push(await rowOf(each, context));
  }
  const head = [
    'model',
    'scheme',
    'weights',
    'unseen',
    'agreement before, %',
    'after, %',
    'decisions won, points',
    'SQNR, dB',
    'right, %',
    'epoch kept',
  ];
  process.stdout.write(options.json ? `${JSON.stringify({ rows })}\n` : `${textTable([head, ...rows.map(cellsOf)])}\n`);
  process.exitCode = rows.length === 0 || rows.some(({ gain }) => gain.high < 0) ? 1 : 0;
}

await main();
