// Every setting that a configuration file may hold decides something of the run: two values of it lead to two outcomes.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GraphBuilder } from '@wherry/graph';
import { encode, graphToModel } from '@wherry/tflite-writer';
import { attempt } from '../deploy.js';
import { deployHost } from '../host.js';
import { readProfileFolder } from '../inputs/profile-folder.js';
import { noProgress } from '../progress.js';
import type { OutputFiles } from '../output/output-mark.js';
import { reportOf, type Report } from '../report/report.js';
import { smallModel } from '../testing/small-model.js';
import { settingKeys } from './deploy-config.js';
import { readDeployConfig } from './project.js';
import { requestOf } from './deploy-settings.js';
import { fileText } from '../testing/file-text.js';

const library = await readProfileFolder();
const model = smallModel();
afterAll(() => model.remove());

interface Outcome {
  readonly report: Report;
  readonly files: OutputFiles;
}

const settings = {
  model: model.request.model,
  profile: 'esp32',
  calibration: model.request.calibration,
  method: 'min-max',
  biasCorrection: false,
  equalization: false,
  rounding: 'nearest',
  weightClipping: false,
};

/** `undefined` takes a setting away. */
const leftOpen = {
  method: undefined,
  biasCorrection: undefined,
  equalization: undefined,
  rounding: undefined,
  weightClipping: undefined,
};

async function outcome(changes: object): Promise<Outcome> {
  const path = join(model.folder, 'settings.json');
  writeFileSync(path, JSON.stringify({ ...settings, ...changes }));
  const request = requestOf(await readDeployConfig(path), ['model', 'profile']);
  const { deployment, refused } = await attempt(request, library, deployHost('reference'), noProgress);
  if (deployment === undefined) throw refused.refusal;
  return { report: reportOf(deployment, new Map()), files: deployment.files };
}

/** Another table of the same form. */
function otherData(): string {
  const row = (i: number): string => [...Array.from({ length: 32 }, (_, k) => Math.sin(i + k) / 2), i % 4].join(',');
  writeFileSync(join(model.folder, 'other.csv'), `${Array.from({ length: 60 }, (_, i) => row(i)).join('\n')}\n`);
  return `${join(model.folder, 'other.csv')}?label=32&header=no`;
}

/** Two dense layers with a RELU between them, the first with channels of very different size. */
function unevenModel(): string {
  const builder = new GraphBuilder('uneven');
  const input = builder.input('x', [1, 32], 'float32');
  const weights = (rows: number, columns: number): Float32Array =>
    Float32Array.from({ length: rows * columns }, (_, i) => Math.sin(i * 7.3) * 20 ** -(Math.floor(i / columns) % 3));
  const dense = (x: number, rows: number, columns: number, activation: 'RELU' | 'NONE'): number => {
    const filter = builder.constant('w', [rows, columns], weights(rows, columns), 'float32');
    const bias = builder.constant('b', [rows], new Float32Array(rows).fill(0.01), 'float32');
    return builder.add('FULLY_CONNECTED', [x, filter, bias], { activation }, { origin: `dense${rows}` });
  };
  const graph = builder.finish([dense(dense(input, 12, 32, 'RELU'), 4, 12, 'NONE')]);
  writeFileSync(join(model.folder, 'uneven.tflite'), encode(graphToModel(graph)));
  return join(model.folder, 'uneven.tflite');
}

interface Rule {
  readonly values: readonly [unknown, unknown];
  readonly and?: object;
  readonly shows: (outcome: Outcome) => unknown;
}

const bytes = ({ files }: Outcome): unknown => Buffer.from(files.get('model.tflite') as Uint8Array).toString('base64');
const chosen = ({ report }: Outcome): unknown => report.quantization;

const rules: { readonly [key: string]: Rule | string } = {
  model: { values: [settings.model, unevenModel()], shows: ({ report }) => report.model },
  profile: { values: ['esp32', 'rp2040'], shows: ({ report }) => report.profile },
  runtime: { values: [undefined, 'compiled-c'], shows: ({ files }) => [...files.keys()] },
  calibration: { values: [settings.calibration, otherData()], shows: bytes },
  evaluation: { values: [settings.calibration, otherData()], shows: ({ report }) => report.evaluation },
  preprocessing: { values: [{ divideBy: 2 }, { divideBy: 3 }], shows: bytes },
  samples: { values: [10, 20], shows: ({ report }) => report.calibration?.samples },
  method: { values: ['min-max', 'moving-average'], shows: bytes },
  percentile: { values: [90, 99], and: { method: 'percentile' }, shows: bytes },
  biasCorrection: { values: [true, false], shows: chosen },
  equalization: { values: [true, false], and: { model: unevenModel() }, shows: chosen },
  rounding: { values: ['nearest', 'optimized'], shows: bytes },
  weightClipping: { values: [true, false], shows: chosen },
  budget: {
    values: ['0s', '20s'],
    and: { method: 'auto' },
    shows: ({ report }) => report.quantization.candidates.length,
  },
  compactMatrices: { values: [true, false], shows: ({ report }) => report.memory.flash },
  scheme: { values: ['int8', 'float32'], and: leftOpen, shows: chosen },
  inputType: { values: ['int8', 'float32'], shows: ({ report }) => report.inputs },
  outputType: { values: ['int8', 'float32'], shows: ({ report }) => report.outputs },
  labels: { values: ['abcd'.split(''), 'efgh'.split('')], shows: ({ files }) => fileText(files, 'model_settings.h') },
  task: { values: [['classes'], ['embedding']], shows: ({ report }) => report.accuracy },
  name: { values: ['wake', 'hear'], shows: ({ files }) => [...files.keys()] },
  symbol: { values: ['one', 'other'], shows: ({ files }) => fileText(files, 'model_data.h') },
  layout: { values: [undefined, 'cmake'], shows: ({ files }) => [...files.keys()] },
  arrayFormat: { values: ['hex', 'string'], shows: ({ files }) => fileText(files, 'model_data.cc') },
  license: { values: [undefined, 'MIT'], shows: ({ files }) => fileText(files, 'model_settings.h') },
  out: 'where the app writes the files to; a plan leaves it alone',
};

it('has a rule for every setting', () => {
  expect(Object.keys(rules).sort()).toEqual([...settingKeys].sort());
});

it.each(Object.entries(rules).flatMap(([key, rule]) => (typeof rule === 'string' ? [] : [[key, rule] as const])))(
  'follows %s',
  async (key, { values, and = {}, shows }) => {
    const seen = [];
    for (const value of values) seen.push(JSON.stringify(shows(await outcome({ ...and, [key]: value }))));
    expect(seen[0]).toBeDefined();
    expect(seen[0]).not.toBe(seen[1]);
  },
);

it('refuses a budget where there is nothing to choose, and what is no time', async () => {
  await expect(outcome({ budget: '9s' })).rejects.toThrow(/SETTING_UNUSED/);
  for (const open of ['biasCorrection', 'equalization', 'rounding', 'weightClipping']) {
    const { [open]: _, ...rest } = settings as Readonly<Record<string, unknown>>;
    expect(requestOf({ ...rest, budget: '9s' }, ['model'])).toMatchObject({ budgetSeconds: 9 });
  }
  await expect(outcome({ budget: '9', method: 'auto' })).rejects.toThrow(/CONFIG_INVALID: budget is "9"/);
});

it('refuses a percentile that the method does not use', async () => {
  await expect(outcome({ percentile: 99 })).rejects.toThrow(/SETTING_UNUSED/);
});
