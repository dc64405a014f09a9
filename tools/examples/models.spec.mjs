// The models of the examples are good ones, float and on every device, and so are those that are trained anew.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { copiedExample } from './copied-example.mjs';
import { exampleFolder } from './example-folder.mjs';
import { examples } from './examples.mjs';

const command = fileURLToPath(new URL('../../apps/cli/bin/deploy.mjs', import.meta.url));
const longestMilliseconds = 1_800_000;

const share = ({ top1 }) => top1.right / top1.labelled;
/** What an output is judged by, in the document of an evaluation and in a baseline; the worst of these that is good enough. */
const figures = {
  rmse: { of: ({ targets }) => targets.rmse, held: 'rmse', isGood: (error) => error < 0.03 },
  digits: { of: share, held: 'top1.accuracy', isGood: (right) => right >= 0.97 },
  gestures: { of: share, held: 'top1.accuracy', isGood: (right) => right >= 0.95 },
  auc: { of: ({ reconstruction }) => reconstruction.auc, held: 'auc', isGood: (area) => area >= 0.95 },
};
const models = [
  { name: 'sine', file: 'sine.tflite', words: ['-e', 'sines.csv?label=sine'], figure: figures.rmse },
  { name: 'digits', file: 'digits.h5', words: ['-e', 'digits-test.npz'], figure: figures.digits },
  { name: 'digits', file: 'digits-small-int8.tflite', words: ['-e', 'digits-test.npz'], figure: figures.digits },
  {
    name: 'gestures',
    file: 'gestures.h5',
    words: ['-e', 'moments-test.csv?window=64&stride=64&label=gesture', '--preprocess', 'divideBy=1000'],
    figure: figures.gestures,
  },
  {
    name: 'machine-sounds',
    file: 'machine-sounds.h5',
    words: ['-e', 'inspected-motors?labelColumn=faulty&window=128&stride=128', '--preprocess', 'divideBy=8192'],
    figure: figures.auc,
  },
];

function evaluated(folder, { file, words, figure }) {
  const run = spawnSync(process.execPath, [command, 'evaluate', file, ...words, '--json', '-q'], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '' },
    maxBuffer: 1 << 26,
  });
  const { ok, ownAccuracy, error } = JSON.parse(run.stdout);
  expect([ok, error]).toEqual([true, undefined]);
  return figure.of(ownAccuracy[0]);
}

/** Each against what is asked of it, with the figure itself for whoever reads a failure. */
const judged = (figure, value) => [value, figure.isGood(value)];

it.each(models.map((model) => [model.file, model]))('%s is good', (_, model) => {
  const value = evaluated(exampleFolder(model.name), model);
  expect(judged(model.figure, value)).toEqual([value, true]);
});

it.each(models.map((model) => [model.name, model]))('every device has a good model of %s', (name, { figure }) => {
  const folder = join(exampleFolder(name), 'baselines');
  const baselines = readdirSync(folder, { recursive: true }).filter((file) => file.endsWith('.json'));
  expect(baselines.length).toBeGreaterThanOrEqual(4);
  for (const file of baselines) {
    const { host } = JSON.parse(readFileSync(join(folder, file), 'utf8'));
    const [value] = Object.entries(host).flatMap(([key, held]) =>
      key.startsWith('numbers.output.') && key.endsWith(`.${figure.held}`) ? [held] : [],
    );
    expect([file, ...judged(figure, value)]).toEqual([file, value, true]);
  }
});

/** The others take minutes. */
const trained = process.env.WHERRY_EXAMPLES === 'long' ? examples : examples.filter(({ name }) => name === 'sine');

it.each(trained.map((example) => [example.name, example]))(
  'trained anew %s is as good',
  async (name, example) => {
    const folder = copiedExample(name);
    try {
      for (const [file, bytes] of await example.models(() => undefined)) {
        writeFileSync(join(folder.path, file), bytes);
        const model = models.find((each) => each.file === file);
        const value = evaluated(folder.path, model);
        expect(judged(model.figure, value)).toEqual([value, true]);
      }
    } finally {
      folder.remove();
    }
  },
  longestMilliseconds,
);
