// Every scheme beside other converters on the same float source and samples: bytes, and noise on data not calibrated with.
//
//   WHERRY_ORACLE_PYTHON=.../python [WHERRY_PEERS_PYTHON=.../python] node tools/oracle/schemes.mjs
//     [--only TEXT] [--scheme NAME] [--samples N] [--json]
//
// Needs `npm run build` and ../shared; peers as for defaults.mjs. Every file runs in LiteRT's interpreter on the processor.
// Exits 1 when a file of ours is larger than another converter's that is not much noisier, or has more noise than chance explains.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { WherryError } from '@wherry/graph';
import { importModel } from '@wherry/importers';
import { deploy, deployHost, noProgress, readProfileFolder, requestOf } from '@wherry/pipeline';
import { optimize } from '@wherry/quantizer';
import { feedBytes, realOutputs, runInRuntimes } from './runtimes.mjs';
import { mostCalibrated, schemesCases, ways } from './schemes-cases.mjs';
import { convertInSchemes } from './schemes-peers.mjs';
import { lossesOf, report } from './schemes-report.mjs';
import { compareOutputs } from './twins-figures.mjs';
import { poolsFor, spread, writeSamples } from './twins-samples.mjs';

const { values: options } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: [''] },
    scheme: { type: 'string', multiple: true },
    samples: { type: 'string', default: '200' },
    json: { type: 'boolean', default: false },
  },
});
const shared = process.env.WHERRY_SHARED || fileURLToPath(new URL('../../../shared', import.meta.url));
const pythons = { tensorflow: process.env.WHERRY_ORACLE_PYTHON, litert: process.env.WHERRY_PEERS_PYTHON };
const tell = (text) => process.stderr.write(`${text}\n`);

async function rowsOf(each, folder, { library, host, engine }) {
  const model = join(shared, 'models', each.source);
  const float = optimize(importModel(readFileSync(model), { fileName: model }).graph).graph;
  const expectations = float.inputs
    .map((id) => float.tensors[id])
    .map(({ name, shape, dtype }) => ({ name, shape, dtype }));
  const { pool, judged } = await poolsFor({ data: each.data, expectations, shared, most: Number(options.samples) });
  const [samples, held] = [spread(pool, mostCalibrated), spread(judged, Number(options.samples))];
  const schemes = Object.keys(ways).filter((name) => options.scheme?.includes(name) ?? true);
  const source = join(shared, 'models', each.tensorflow ?? each.litert);
  const peers = convertInSchemes({ pythons, model: source, shape: expectations[0].shape, samples, schemes }, folder);
  const calibration = writeSamples(join(folder, 'calibration.npz'), expectations, samples);
  const sides = [];
  for (const scheme of schemes) {
    const settings = { model, profile: 'host-reference', calibration, ...ways[scheme] };
    sides.push({
      scheme,
      name: 'ours',
      ...(await written(settings, join(folder, `ours.${scheme}.tflite`), library, host)),
    });
    for (const [name, files] of Object.entries(peers))
      if (files[scheme] !== undefined) sides.push({ scheme, name, ...files[scheme] });
  }
  const measured = measure(sides, { float, held, expected: await floatOutputs(engine, float, held) }, folder);
  return schemes.map((scheme) => {
    const { ours, ...others } = Object.fromEntries(
      measured.filter((side) => side.scheme === scheme).map(({ name, ...side }) => [name, side]),
    );
    return { source: each.source, scheme, ours, peers: others };
  });
}

async function written(settings, path, library, host) {
  try {
    const { tflite } = await deploy(requestOf(settings, ['model', 'profile']), library, host, noProgress);
    writeFileSync(path, tflite);
    return { path };
  } catch (error) {
    if (error instanceof WherryError) return { error: error.message.split('\n')[0] };
    throw error;
  }
}

/** Each side with its bytes and its noise against float, or with the error of the one that made or ran it. */
function measure(sides, { float, held, expected }, folder) {
  const feeds = join(folder, 'held.f32');
  writeFileSync(feeds, feedBytes(held.map(({ inputs }) => inputs)));
  const counts = { samples: held.length, inputs: float.inputs.length, outputs: float.outputs.length };
  const jobs = sides
    .filter(({ path }) => path !== undefined)
    .map(({ path }) => ({ model: path, feeds, runtime: 'tensorflow', out: `${path}.out`, ...counts }));
  const done = new Map(runInRuntimes(pythons.tensorflow, jobs, folder).map((job) => [job.model, job]));
  return sides.map(({ scheme, name, path, error }) => {
    const job = done.get(path);
    if (error !== undefined || job.error !== undefined)
      return { scheme, name, error: error ?? `does not run: ${job.error}` };
    const outputs = realOutputs(job);
    const each = outputs.map((values, i) => values.reduce((sum, value, k) => sum + (value - expected[i][k]) ** 2, 0));
    const { sqnrDb } = compareOutputs(expected, outputs, []);
    return { scheme, name, bytes: readFileSync(path).length, sqnrDb, each };
  });
}

async function floatOutputs(engine, float, samples) {
  const executor = await engine.prepare(float);
  const outputs = [];
  for (const { inputs } of samples)
    outputs.push(Float64Array.from((await executor.run(inputs)).flatMap((data) => Array.from(data))));
  executor.dispose();
  return outputs;
}

async function main() {
  if (pythons.tensorflow === undefined || !existsSync(shared)) {
    tell('set WHERRY_ORACLE_PYTHON to a Python with tensorflow, and have ../shared');
    process.exit(2);
  }
  if (pythons.litert === undefined) tell('left out: litert-quantizer (WHERRY_PEERS_PYTHON is not set)');
  const folder = mkdtempSync(join(tmpdir(), 'wherry-schemes-'));
  const host = deployHost();
  const context = { library: await readProfileFolder(), host, engine: await host.engine() };
  const rows = [];
  try {
    const chosen = schemesCases.filter(({ source }) => options.only.some((text) => source.includes(text)));
    for (const [number, each] of chosen.entries()) {
      tell(each.source);
      const place = join(folder, String(number));
      mkdirSync(place);
      rows.push(...(await rowsOf(each, place, context)));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  process.stdout.write(options.json ? `${JSON.stringify({ rows })}\n` : `${report(rows)}\n`);
  const lost = rows.some((row) => lossesOf(row).some(({ kind }) => kind === 'LOSS'));
  process.exitCode = rows.length === 0 || lost ? 1 : 0;
}

await main();
