// The straight function from end to end on a small model, with the plain engine: its files, its report, its refusals.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { referenceEngine } from '@wherry/graph';
import { importModel } from '@wherry/importers';
import { openLane } from '@wherry/quantizer';
import { deploy } from './deploy.js';
import type { DeployHost, DeployRequest, Deployment } from './deployment.js';
import { deployHost } from './host.js';
import { readProfileFolder } from './inputs/profile-folder.js';
import type { LaneEngine } from './lanes/lane-engine.js';
import { dumpNames, writeDump } from './output/dump.js';
import { noProgress } from './progress.js';
import { reportText } from './report/report-text.js';
import { reportOf } from './report/report.js';
import { fileText } from './testing/file-text.js';
import { smallModel, type SmallModel } from './testing/small-model.js';

const library = await readProfileFolder();
let model: SmallModel;
beforeEach(() => (model = smallModel()));
afterEach(() => model.remove());

const run = (changes: Partial<DeployRequest> = {}, signal?: AbortSignal): Promise<Deployment> =>
  deploy(
    { ...model.request, ...changes },
    library,
    deployHost('reference', { signal, keepImported: true }),
    noProgress,
  );

it('gives the whole set of files, whose model is what the report says', async () => {
  const { files, tflite } = await run();
  expect([...files.keys()].sort()).toEqual([
    'model.tflite',
    'model_data.cc',
    'model_data.h',
    'model_io.h',
    'model_ops.h',
    'model_selftest.h',
    'model_settings.h',
    'report.json',
  ]);
  const { graph } = importModel(tflite);
  expect(graph.nodes.map(({ kind }) => kind)).toEqual(['CONV_2D', 'FULLY_CONNECTED', 'SOFTMAX']);
  const text = [...files.values()]
    .map((content) => (content instanceof Uint8Array ? '' : [...content].join('')))
    .join('');
  expect(text).not.toContain(model.folder);
});

it('makes of bytes and samples in memory what it makes of files, and reads no file', async () => {
  const fromFiles = await run();
  const bytes = new Uint8Array(readFileSync(join(model.folder, 'small.tflite')));
  const rows = readFileSync(join(model.folder, 'samples.csv'), 'utf8').trim().split('\n');
  const samples = rows.map((row) => {
    const values = Float32Array.from(row.split(','), Number);
    return { inputs: [values.slice(0, 32)], label: values[32]! };
  });
  model.remove();
  const given = samples.map(({ inputs }) => inputs[0]!.slice());
  const fromMemory = await run({
    model: { fileName: 'small.tflite', bytes },
    calibration: { name: 'what the program holds', samples },
  });
  // The fingerprint of the data is in it, and that is of their file.
  expect(importModel(fromMemory.tflite)).toEqual(importModel(fromFiles.tflite));
  expect([...fromMemory.files.keys()]).toEqual([...fromFiles.files.keys()]);
  expect(fromMemory.accuracy).toEqual(fromFiles.accuracy);
  expect(fromMemory.calibration).toMatchObject({ name: 'what the program holds', format: 'memory', samples: 40 });
  expect(samples.map(({ inputs }) => inputs[0])).toEqual(given);
});

it('names every file and everything in C after the model', async () => {
  const { files, tflite } = await run({ name: 'kws' });
  const names = [...files.keys()].filter((name) => name !== 'report.json');
  expect(names.filter((name) => !/^kws[_.]/.test(name))).toEqual([]);
  expect(files.get('kws.tflite')).toBe(tflite);
  const plain = await run();
  const texts = [...plain.files.keys()].filter((name) => /\.(h|cc)$/.test(name));
  expect(texts).toHaveLength(6);
  for (const name of texts) {
    const renamed = fileText(plain.files, name)
      .replace(/g_model/g, 'g_kws')
      .replace(/G_MODEL/g, 'G_KWS')
      .replace(/MODEL_DATA/g, 'KWS_DATA');
    expect(fileText(files, name.replace('model', 'kws'))).toBe(renamed.replace(/"model_/g, '"kws_'));
  }
  expect(tflite).toEqual(plain.tflite);
});

it('says what choosing took of its budget, and what was left out', async () => {
  for (const budgetSeconds of [0, 20]) {
    const deployment = await run({ method: 'auto', budgetSeconds });
    const { budget } = deployment.quantized.selection!;
    const report = reportOf(deployment, deployment.files);
    expect(report.quantization.budget).toEqual(budget);
    expect(budget!.leftOut > 0).toBe(budgetSeconds === 0);
    const said = /^ +choosing took work for 0\.0 s of a budget of 0 s: (\d) trials? more/m.exec(reportText(report));
    expect(Number(said?.[1] ?? 0)).toBe(budget!.leftOut);
  }
  const { quantized } = await run({ method: 'min-max', biasCorrection: false, equalization: false });
  expect(quantized.selection!.budget).toBeUndefined();
});

it('ends the lanes it has run on, whatever becomes of the run', async () => {
  let [running, ends] = [0, 0];
  const lanes: LaneEngine = {
    name: 'lanes',
    prepare: (graph) => {
      running += 1;
      return referenceEngine.prepare(graph);
    },
    openCalibration: async (task) => {
      running += 1;
      return [await openLane(referenceEngine, task)];
    },
    rest: () => {
      running = 0;
      ends += 1;
      return Promise.resolve();
    },
  };
  const host: DeployHost = { ...deployHost('reference'), lanes: () => lanes };
  await deploy(model.request, library, host, noProgress);
  expect([running, ends]).toEqual([0, 2]);
  const tooLittle = { ...model.request, calibration: join(model.folder, 'none.csv') };
  await expect(deploy(tooLittle, library, host, noProgress)).rejects.toThrow();
  expect([running, ends]).toEqual([0, 3]);
});

it('refuses a name that the firmware could not use, before the work', async () => {
  await expect(run({ name: 'Kws' })).rejects.toThrow('EXPORT_NAME: ');
});

it('reports in lines of at most 120 characters', async () => {
  const deployment = await run();
  const text = reportText(reportOf(deployment, deployment.files));
  // Hashes follow every byte of the output and tell a reader of this test nothing.
  expect(text.replace(/sha256 [0-9a-f]{16}/g, 'sha256 ...')).toMatchSnapshot();
  expect(text.split('\n').filter((line) => line.length > 120)).toEqual([]);
});

it('says where there is no self-test, and why', async () => {
  const deployment = await run({ name: 'kws' });
  const without = new Map([...deployment.files].filter(([name]) => name !== 'kws_selftest.h'));
  const textOf = (files: typeof without): string => reportText(reportOf(deployment, files));
  expect(textOf(without)).toContain(
    '\n             no kws_selftest.h: one sample with its answer takes more than the 65,536',
  );
  expect(textOf(new Map(deployment.files))).not.toContain('no kws_selftest.h');
  expect(textOf(new Map())).not.toContain('_selftest.h');
});

it('marks headings, fit and warnings in the style it is given', async () => {
  const deployment = await run();
  const mark =
    (sign: string) =>
    (text: string): string =>
      `${sign}${text}${sign}`;
  const text = reportText(reportOf(deployment, deployment.files), {
    heading: mark('#'),
    good: mark('+'),
    warning: mark('!'),
  });
  expect(text).toMatch(/^#layer .*#$/m);
  expect(text).toMatch(/^fits {9}\+yes\+/m);
  expect(text).toMatch(/^!warning! {6}ACCURACY_ON_CALIBRATION_DATA/m);
});

it('dumps the values between the stages', async () => {
  await writeDump(join(model.folder, 'dump'), await run());
  expect(readdirSync(join(model.folder, 'dump')).sort()).toEqual([...dumpNames]);
  expect(JSON.parse(readFileSync(join(model.folder, 'dump', '3-plan.json'), 'utf8'))).toMatchObject({
    scheme: 'int8',
    chosen: { method: 'min-max' },
  });
});

it('stops when it is asked to', async () => {
  const stopping = new AbortController();
  const deployment = deploy(model.request, library, deployHost('reference', { signal: stopping.signal }), {
    begin: () => {
      const late = performance.now() + 60;
      while (performance.now() < late);
      stopping.abort(new Error('stop'));
    },
    note: () => undefined,
    advance: () => undefined,
    end: () => undefined,
  });
  await expect(deployment).rejects.toThrow('stop');
});

it.each<readonly [string, Partial<DeployRequest>]>([
  ['DATA_NONE_GIVEN', { calibration: undefined }],
  ['PROFILE_UNKNOWN', { profile: 'esp23' }],
  ['LABELS_COUNT: 3 labels are given for 4 classes', { labels: ['a', 'b', 'c'] }],
  ['EXPORT_SYMBOL', { symbol: 'int' }],
  ['DATA_NOT_FOUND', { evaluation: 'no-such.npy' }],
])('refuses with %s', async (says, changes) => {
  await expect(run(changes)).rejects.toThrow(says);
});
