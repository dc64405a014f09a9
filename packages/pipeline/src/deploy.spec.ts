// The straight function from end to end on a small model, with the plain engine: its files, its report, its refusals.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { importModel } from '@wherry/importers';
import { deploy } from './deploy.js';
import type { DeployRequest, Deployment } from './deployment.js';
import { deployHost } from './host.js';
import { readProfileFolder } from './inputs/profile-folder.js';
import { dumpNames, writeDump } from './output/dump.js';
import { noProgress } from './progress.js';
import { reportText } from './report/report-text.js';
import { reportOf } from './report/report.js';
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

it('names every file and everything in C after the model', async () => {
  const { files, tflite } = await run({ name: 'kws' });
  const names = [...files.keys()].filter((name) => name !== 'report.json');
  expect(names.filter((name) => !/^kws[_.]/.test(name))).toEqual([]);
  expect(files.get('kws.tflite')).toBe(tflite);
  const plain = await run();
  for (const [name, text] of plain.files) {
    if (typeof text !== 'string' || name === 'report.json') continue;
    const renamed = text
      .replace(/g_model/g, 'g_kws')
      .replace(/G_MODEL/g, 'G_KWS')
      .replace(/MODEL_DATA/g, 'KWS_DATA');
    expect(files.get(name.replace('model', 'kws'))).toBe(renamed.replace(/"model_/g, '"kws_'));
  }
  expect(tflite).toEqual(plain.tflite);
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
