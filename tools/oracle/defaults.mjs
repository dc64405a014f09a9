// The default beside every fixed method and other converters, on samples that none of them was calibrated with.
//
//   WHERRY_ORACLE_PYTHON=.../python [WHERRY_PEERS_PYTHON=.../python] node tools/oracle/defaults.mjs
//     [--only TEXT] [--calibration full,ten,one,class] [--peers-only] [--json]
//
// `--peers-only` leaves the fixed methods out: the default beside other converters, in a fraction of the time.
// Needs `npm run build` and ../shared. TensorFlow converts the .h5 sources, litert-quantizer the .tflite ones:
//   bash tools/oracle/install.sh peers && export WHERRY_PEERS_PYTHON=$PWD/.cache/peers-python/bin/python
// Exits 1 when the default is more than 1 dB, or 0.5 points of agreement, top-1 or AUC, below any of them; `chance` marks
// what the samples cannot tell from none.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { WherryError } from '@wherry/graph';
import { importModel } from '@wherry/importers';
import { deploy, deployHost, noProgress, readProfileFolder, requestOf } from '@wherry/pipeline';
import { optimize, quantizeFeeds, rangeMethods } from '@wherry/quantizer';
import { calibrations } from './defaults-calibrations.mjs';
import { defaultsCases } from './defaults-cases.mjs';
import { convertWith } from './defaults-peers.mjs';
import { faultsOf, report } from './defaults-report.mjs';
import { accuracyOf, anomalyAuc, argmax, compareOutputs } from './twins-figures.mjs';
import { poolsFor, writeSamples } from './twins-samples.mjs';

const { values: options } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: [''] },
    calibration: { type: 'string', default: Object.keys(calibrations).join() },
    'peers-only': { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
const shared = process.env.WHERRY_SHARED || fileURLToPath(new URL('../../../shared', import.meta.url));
const pythons = { tensorflow: process.env.WHERRY_ORACLE_PYTHON, litert: process.env.WHERRY_PEERS_PYTHON };

const fixedMethods = options['peers-only'] ? [] : rangeMethods;
/** The settings of `deploy` for each column. */
const ways = {
  auto: {},
  ...Object.fromEntries(fixedMethods.map((method) => [method, { method }])),
  ...Object.fromEntries(
    fixedMethods.map((method) => [`${method} plain`, { method, equalization: false, biasCorrection: false }]),
  ),
};

const modelPath = (name) => join(shared, 'models', name);
const tell = (text) => process.stderr.write(`${text}\n`);

/** One model: float outputs once, then each calibration. */
async function rowsOf(each, wanted, place, context) {
  const path = modelPath(each.source);
  const { graph } = importModel(readFileSync(path), { fileName: path });
  const float = optimize(graph).graph;
  const expectations = float.inputs.map((id) => {
    const { name, shape, dtype } = float.tensors[id];
    return { name, shape, dtype };
  });
  const { pool, judged, from } = await poolsFor({ data: each.data, expectations, shared, most: each.most });
  const run = (model, samples) => outputsOf(context.engine, model, samples);
  const sets = {};
  for (const name of wanted) sets[name] = await calibrations[name](pool, () => run(float, pool));
  const peers = peersOf(each, expectations[0].shape, Object.values(sets), place);
  const judge = judgeOf({ each, float, judged, expected: await run(float, judged), run });
  const rows = [];
  for (const [position, [calibration, samples]] of Object.entries(sets).entries()) {
    const file = writeSamples(join(place, `${calibration}.npz`), expectations, samples);
    const by = {};
    for (const [name, settings] of Object.entries(ways)) by[name] = await judge.settings(path, file, settings, context);
    const { auto, ...fixed } = by;
    const others = {};
    for (const [name, conversions] of Object.entries(peers))
      others[name] = await judge.file((await conversions)[position]);
    rows.push({
      source: each.source,
      calibration,
      samples: samples.length,
      judged: judged.length,
      finest: judge.finest,
      from,
      auto,
      fixed,
      peers: others,
    });
    for (const fault of faultsOf(rows.at(-1))) tell(`  ${calibration}: ${fault}`);
  }
  return rows;
}

/** Conversions run beside our own work: { name: promise of a list }. */
function peersOf(each, shape, sets, place) {
  const tools = { tensorflow: 'TensorFlow', litert: 'litert-quantizer' };
  return Object.fromEntries(
    Object.entries(tools)
      .filter(([tool]) => each[tool] !== undefined && pythons[tool] !== undefined)
      .map(([tool, name]) => {
        const job = { tool, python: pythons[tool], model: modelPath(each[tool]), shape, calibrations: sets };
        const conversions = convertWith(job, place).catch((error) => sets.map(() => ({ error: error.message })));
        return [name, conversions];
      }),
  );
}

/** Judges ways and files on the same samples; the same bytes are run once. */
function judgeOf({ each, float, judged, expected, run }) {
  const labels = judged.map(({ label }) => label);
  const groups = judged[0].group !== undefined;
  const classes = !groups && (float.nodes.at(-1)?.kind === 'SOFTMAX' || each.data.classes === true);
  const labelled = classes && labels.every((label) => label !== undefined) && each.data.classes !== true;
  const known = new Map();
  const figures = (outputs) => {
    const { sqnrDb, agree } = compareOutputs(expected, outputs, labels);
    const decisions = outputs.map(argmax);
    const each = {
      sqnrDb: outputs.map((values, i) => values.reduce((sum, value, k) => sum + (value - expected[i][k]) ** 2, 0)),
      agree: classes ? decisions.map((choice, i) => Number(choice === argmax(expected[i]))) : undefined,
      top1: labelled ? decisions.map((choice, i) => Number(choice === labels[i])) : undefined,
    };
    return {
      each,
      sqnrDb,
      agree: classes ? agree / judged.length : undefined,
      top1: labelled ? accuracyOf(outputs, labels) / judged.length : undefined,
      auc: groups ? anomalyAuc(judged, outputs) : undefined,
    };
  };
  const file = async ({ bytes, error }) => {
    if (error !== undefined) return { error };
    const key = createHash('sha256').update(bytes).digest('hex');
    if (!known.has(key)) known.set(key, figures(await run(importModel(bytes).graph, judged)));
    return known.get(key);
  };
  const settings = async (model, calibration, more, { library, host }) => {
    try {
      const request = requestOf({ model, profile: 'host-reference', calibration, ...more }, ['model', 'profile']);
      return await file({ bytes: (await deploy(request, library, host, noProgress)).tflite });
    } catch (error) {
      if (error instanceof WherryError) return { error: error.message.split('\n')[0] };
      throw error;
    }
  };
  const recordings = new Map(judged.map(({ group, label }) => [group, label]));
  const anomalies = [...recordings.values()].filter((label) => label === 1).length;
  const decision = 1 / judged.length;
  return {
    /** What one decision is worth, of each figure that counts decisions. */
    finest: {
      agree: decision,
      top1: decision,
      auc: groups ? 1 / (anomalies * (recordings.size - anomalies)) : undefined,
    },
    settings,
    /** A file that our importer does not take is no fault of anyone here, and is told. */
    file: (conversion) => file(conversion).catch((error) => ({ error: error.message.split('\n')[0] })),
  };
}

/** One array of real values a sample, whatever the graph is made of. */
async function outputsOf(engine, graph, samples) {
  const executor = await engine.prepare(graph);
  const outputs = [];
  for (const { inputs } of samples) {
    const values = await executor.run(quantizeFeeds(graph, inputs));
    outputs.push(Float64Array.from(values.flatMap((data, k) => realValues(graph, graph.outputs[k], data))));
  }
  executor.dispose();
  return outputs;
}

function realValues(graph, id, data) {
  const { quantization } = graph.tensors[id];
  if (quantization === undefined) return Array.from(data, Number);
  return Array.from(data, (q) => (Number(q) - quantization.zeroPoint[0]) * quantization.scale[0]);
}

/** The figures of single samples are for the report's own use. */
const withoutSamples = (key, value) => (key === 'each' ? undefined : value);

async function main() {
  if (!existsSync(shared)) {
    tell('have ../shared, or set WHERRY_SHARED');
    process.exit(2);
  }
  for (const [tool, name] of [
    ['tensorflow', 'WHERRY_ORACLE_PYTHON'],
    ['litert', 'WHERRY_PEERS_PYTHON'],
  ])
    if (pythons[tool] === undefined) tell(`left out: ${tool} (${name} is not set)`);
  const wanted = options.calibration.split(',');
  const unknown = wanted.filter((name) => !(name in calibrations));
  if (unknown.length > 0) {
    tell(`no such calibration: ${unknown.join(', ')}; there are ${Object.keys(calibrations).join(', ')}`);
    process.exit(2);
  }
  const folder = mkdtempSync(join(tmpdir(), 'wherry-defaults-'));
  const host = deployHost();
  const context = { library: await readProfileFolder(), host, engine: await host.engine() };
  const rows = [];
  try {
    const chosen = defaultsCases.filter(({ source }) => options.only.some((text) => source.includes(text)));
    for (const [number, each] of chosen.entries()) {
      const [place, start] = [join(folder, String(number)), Date.now()];
      mkdirSync(place);
      tell(each.source);
      rows.push(...(await rowsOf(each, wanted, place, context)));
      tell(`  ${((Date.now() - start) / 1000).toFixed(0)} s`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const judged = rows.map((row) => ({ ...row, faults: faultsOf(row) }));
  process.stdout.write(options.json ? `${JSON.stringify({ rows: judged }, withoutSamples)}\n` : `${report(rows)}\n`);
  process.exitCode = rows.length === 0 || judged.some(({ faults }) => faults.length > 0) ? 1 : 0;
}

await main();
