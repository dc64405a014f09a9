// Our int8 models beside their twins: the same samples through the float model, ours and the twin that another converter made.
//
//   WHERRY_ORACLE_PYTHON=.../python node tools/oracle/twins.mjs [--only TEXT] [--samples N] [--json]
//
// Needs `npm run build` and ../shared. Deploys every float .h5, .hdf5 and .tflite there, runs the results in TFLite Micro
// and in TensorFlow's interpreter and compares them with our reference, with float and with the twin, where there is one.
// Exits 1 when a model that the esp32's kernels allow does not run, differs from our reference in a bit, is larger than
// its twin, agrees less with float than its twin, or loses more than 0.2 points of top-1, beyond chance.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { evaluate, WherryError } from '@wherry/graph';
import { importModel } from '@wherry/importers';
import { deploy, deployHost, noProgress, readProfileFolder, requestOf } from '@wherry/pipeline';
import { checkGraph, findProfile } from '@wherry/profiles';
import { optimize, quantizeFeeds } from '@wherry/quantizer';
import { feedBytes, rawOutputs, realOutputs, runInRuntimes } from './runtimes.mjs';
import { cases } from './twins-cases.mjs';
import { accuracyOf, anomalyAuc, compareOutputs } from './twins-figures.mjs';
import { faultsOf, report } from './twins-report.mjs';
import { samplesFor } from './twins-samples.mjs';

const { values: options } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: [''] },
    samples: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const python = process.env['WHERRY_ORACLE_PYTHON'] ?? '';
const shared = process.env['WHERRY_SHARED'] || fileURLToPath(new URL('../../../shared', import.meta.url));
const most = options.samples === undefined ? undefined : Number(options.samples);

if (python === '' || !existsSync(shared)) {
  process.stderr.write('set WHERRY_ORACLE_PYTHON to a Python with tflite-micro and tensorflow, and have ../shared\n');
  process.exit(2);
}

function everyCase() {
  const named = new Set(cases.map(({ source }) => source));
  const others = readdirSync(join(shared, 'models'), { recursive: true })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => /\.(h5|hdf5|tflite)$/.test(name) && !named.has(name))
    .sort();
  return [...cases, ...others.map((source) => ({ source, data: {} }))].filter(({ source }) =>
    options.only.some((text) => source.includes(text)),
  );
}

const isQuantized = (graph) => graph.tensors.some(({ quantization }) => quantization !== undefined);

/** What a runtime's input or output is fed with: the choice that makes ours the same kind of model as the twin. */
function ioOf(twin) {
  if (twin === undefined) return {};
  const { graph } = importModel(readFileSync(join(shared, 'models', twin)));
  const kind = (ids) => (graph.tensors[ids[0]].dtype === 'float32' ? 'float32' : 'int8');
  return { inputType: kind(graph.inputs), outputType: kind(graph.outputs) };
}

/** Deploys one source and writes everything that the oracle needs into `folder`. */
async function prepare({ source, twin, data }, folder, context) {
  const path = join(shared, 'models', source);
  const { graph } = importModel(readFileSync(path), { fileName: path });
  if (isQuantized(graph)) return { quantized: true };
  const float = optimize(graph).graph;
  const expectations = float.inputs.map((id) => ({
    name: float.tensors[id].name,
    shape: float.tensors[id].shape,
    dtype: float.tensors[id].dtype,
  }));
  const given = await samplesFor({ data, expectations, shared, folder, most });
  const io = ioOf(twin);
  const request = requestOf(
    {
      model: path,
      profile: 'host-reference',
      calibration: given.calibration,
      preprocessing: given.preprocessing,
      ...io,
    },
    ['model', 'profile'],
  );
  const deployment = await deploy(request, context.library, context.host, noProgress);
  const model = join(folder, 'model.tflite');
  writeFileSync(model, deployment.tflite);
  const feeds = join(folder, 'feeds.f32');
  writeFileSync(feeds, feedBytes(given.samples.map(({ inputs }) => inputs)));
  const classes = float.nodes.at(-1)?.kind === 'SOFTMAX' || data.classes === true;
  const [illegal] = checkGraph(findProfile(context.library, 'esp32'), deployment.quantized.graph);
  return {
    float,
    given,
    model,
    feeds,
    illegal,
    bytes: deployment.tflite.length,
    chosen: deployment.quantized.chosen,
    classes,
    io,
  };
}

function jobsOf(prepared, twin, folder) {
  const { model, feeds, given, float } = prepared;
  const counts = { inputs: float.inputs.length, outputs: float.outputs.length };
  const job = (name, path, runtime, samples) => ({
    name,
    model: path,
    feeds,
    samples,
    runtime,
    out: join(folder, `${name}.out`),
    ...counts,
  });
  const total = given.samples.length;
  return [
    job('micro', model, 'tflm', total),
    job('tensorflow', model, 'tensorflow', total),
    ...(twin === undefined
      ? []
      : [
          job('twin', join(shared, 'models', twin), 'tflm', total),
          job('twinTensorflow', join(shared, 'models', twin), 'tensorflow', total),
        ]),
  ];
}

/** Our reference on the written file, against the raw outputs of TFLite Micro. */
function countDifferences(model, samples, theirs) {
  const { graph } = importModel(readFileSync(model));
  let values = 0;
  let differences = 0;
  samples.forEach(({ inputs }, i) => {
    evaluate(graph, quantizeFeeds(graph, inputs)).forEach((data, k) => {
      values += data.length;
      data.forEach(
        (value, place) =>
          (differences += Object.is(value, theirs[i][k][place]) || value === theirs[i][k][place] ? 0 : 1),
      );
    });
  });
  return { values, differences };
}

function orMessage(run) {
  try {
    return run();
  } catch (error) {
    if (error instanceof WherryError) return `our reference: ${error.message.split('\n')[0]}`;
    throw error;
  }
}

async function floatOutputs(float, samples, engine) {
  const executor = await engine.prepare(float);
  const outputs = [];
  for (const { inputs } of samples)
    outputs.push(Float64Array.from((await executor.run(inputs)).flatMap((data) => Array.from(data))));
  executor.dispose();
  return outputs;
}

function judge(model, labels, expected, job, samples) {
  if (job === undefined || job.error !== undefined) return undefined;
  const outputs = realOutputs(job);
  if (outputs[0].length !== expected[0].length) return undefined;
  const auc = samples[0].group === undefined ? undefined : anomalyAuc(samples, outputs);
  return { bytes: readFileSync(model).length, auc, ...compareOutputs(expected, outputs, labels) };
}

async function figuresOf({ source, twin }, prepared, done, engine) {
  const { float, given, model, classes, chosen, illegal } = prepared;
  const by = Object.fromEntries(done.map((job) => [job.name, job]));
  const { samples } = given;
  const labels = samples.map(({ label }) => label);
  const expected = await floatOutputs(float, samples, engine);
  const labelled = labels.every((label) => label !== undefined) && classes;
  const micro =
    by.micro.error !== undefined
      ? `TFLite Micro: ${by.micro.error}`
      : orMessage(() => countDifferences(model, samples, rawOutputs(by.micro)));
  return {
    source,
    twin,
    samples: samples.length,
    from: given.from,
    classes,
    labelled,
    chosen,
    illegal: illegal?.what,
    micro,
    tensorflow: by.tensorflow.error ?? judge(model, labels, expected, by.tensorflow, samples),
    floatRight: labelled ? accuracyOf(expected, labels) : undefined,
    floatAuc: samples[0].group === undefined ? undefined : anomalyAuc(samples, expected),
    ours: judge(model, labels, expected, by.micro, samples),
    theirs:
      twin === undefined
        ? undefined
        : judge(by.twin.model, labels, expected, by.twin.error === undefined ? by.twin : by.twinTensorflow, samples),
    twinError: by.twin?.error,
  };
}

async function main() {
  const folder = mkdtempSync(join(tmpdir(), 'wherry-twins-'));
  const host = deployHost();
  const context = { library: await readProfileFolder(), host };
  const [ready, refused] = [[], []];
  let quantized = 0;
  try {
    for (const [number, each] of everyCase().entries()) {
      const place = join(folder, String(number));
      mkdirSync(place);
      process.stderr.write(`deploy ${each.source}\n`);
      try {
        const prepared = await prepare(each, place, context);
        if (prepared.quantized) quantized++;
        else ready.push({ each, prepared, jobs: jobsOf(prepared, each.twin, place) });
      } catch (error) {
        if (!(error instanceof WherryError)) throw error;
        refused.push({ source: each.source, code: error.definition.code, what: `${error.message}`.split('\n')[0] });
      }
    }
    process.stderr.write(`run ${ready.length} models in the reference runtimes\n`);
    const done = runInRuntimes(
      python,
      ready.flatMap(({ jobs }) => jobs),
      folder,
    );
    const engine = await host.engine();
    const rows = [];
    let at = 0;
    for (const { each, prepared, jobs } of ready)
      rows.push(await figuresOf(each, prepared, done.slice(at, (at += jobs.length)), engine));
    process.stdout.write(
      options.json
        ? `${JSON.stringify({ rows: rows.map((row) => ({ ...row, faults: faultsOf(row) })), refused, quantized })}\n`
        : `${report(rows, refused, quantized)}\n`,
    );
    process.exitCode = rows.some((row) => faultsOf(row).length > 0) ? 1 : 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

await main();
