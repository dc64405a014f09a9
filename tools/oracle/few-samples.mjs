// The keyword network quantized from a hundred samples and from one, several choices of each: how often it decides as float does.
//
//   WHERRY_ORACLE_PYTHON=.../python node tools/oracle/few-samples.mjs [--only TEXT] [--json]
//
// Needs `npm run build` and ../shared. TensorFlow converts the same network from the same samples. Exits 1 where a hundred samples
// give less than 99 % of the 400 inputs, one gives less than 96 %, or one gives less than TensorFlow's.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { importModel } from '@wherry/importers';
import { deploy, deployHost, noProgress, readProfileFolder, requestOf } from '@wherry/pipeline';
import { optimize } from '@wherry/quantizer';
import { agreementOf, outputsOf } from '../bench/training-figures.mjs';
import { defaultsCases } from './defaults-cases.mjs';
import { convertWith } from './defaults-peers.mjs';
import { textTable } from './twins-figures.mjs';
import { poolsFor, writeSamples } from './twins-samples.mjs';

const { values: options } = parseArgs({
  options: { only: { type: 'string', default: '' }, json: { type: 'boolean', default: false } },
});
const shared = process.env.WHERRY_SHARED || fileURLToPath(new URL('../../../shared', import.meta.url));
const python = process.env.WHERRY_ORACLE_PYTHON;

/** Every fourth of the 400; and single ones, far from each other. */
const choices = [0, 1, 2, 3].flatMap((part) => [
  { name: `every fourth, from ${part}`, least: 0.99, takes: (i) => i % 4 === part },
  { name: `number ${50 + 100 * part}`, least: 0.96, takes: (i) => i === 50 + 100 * part, beatsTensorflow: true },
]);

async function main() {
  if (!existsSync(shared) || python === undefined) throw new Error('have ../shared and set WHERRY_ORACLE_PYTHON');
  const folder = mkdtempSync(join(tmpdir(), 'wherry-few-'));
  try {
    return await rowsIn(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function rowsIn(folder) {
  const { source, data, tensorflow } = defaultsCases.find((each) => each.source.includes('kws01'));
  const model = join(shared, 'models', source);
  const float = optimize(importModel(readFileSync(model), { fileName: model }).graph).graph;
  const expectations = float.inputs.map((id) => float.tensors[id]);
  // A share of one leaves nothing to judge on: all of them are judged.
  const { pool: all } = await poolsFor({ data: { ...data, share: 1 }, expectations, shared });
  const wanted = choices
    .filter(({ name }) => name.includes(options.only))
    .map((choice) => ({ ...choice, samples: all.filter((_, i) => choice.takes(i)) }));
  const job = { tool: 'tensorflow', python, model: join(shared, 'models', tensorflow), shape: expectations[0].shape };
  const theirs = await convertWith({ ...job, calibrations: wanted.map(({ samples }) => samples) }, folder);
  const [library, host] = [await readProfileFolder(), deployHost()];
  const engine = await host.engine();
  const expected = await outputsOf(engine, float, all);
  const agreement = async (bytes) => agreementOf(expected, await outputsOf(engine, importModel(bytes).graph, all));
  const rows = [];
  for (const [position, { name, least, beatsTensorflow = false, samples }] of wanted.entries()) {
    const { bytes, error } = theirs[position];
    if (error !== undefined) throw new Error(`TensorFlow does not convert it: ${error}`);
    const calibration = writeSamples(join(folder, `${position}.npz`), expectations, samples);
    const request = requestOf({ model, profile: 'host-reference', scheme: 'int8', calibration }, ['model', 'profile']);
    const { tflite } = await deploy(request, library, host, noProgress);
    const row = {
      name,
      samples: samples.length,
      judged: all.length,
      ours: await agreement(tflite),
      tensorflow: await agreement(bytes),
    };
    const falls = row.ours.share < least || (beatsTensorflow && row.ours.share < row.tensorflow.share);
    rows.push({ ...row, least, falls });
    process.stderr.write(`${name}: ${told(row.ours)} beside ${told(row.tensorflow)}${falls ? ', falls short' : ''}\n`);
  }
  return rows;
}

const percent = (share) => (100 * share).toFixed(1);
const told = ({ share, low, high }) => `${percent(share)} (${percent(low)} to ${percent(high)})`;

const rows = await main();
const cellsOf = ({ name, samples, ours, tensorflow, least }) => [
  name,
  samples,
  told(ours),
  told(tensorflow),
  percent(least),
];
const head = ['choice', 'samples', 'agreement, %', 'TensorFlow, %', 'at least'];
process.stdout.write(options.json ? `${JSON.stringify({ rows })}\n` : `${textTable([head, ...rows.map(cellsOf)])}\n`);
process.exitCode = rows.length === 0 || rows.some(({ falls }) => falls) ? 1 : 0;
