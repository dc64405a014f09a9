// `deploy evaluate` as a user calls it: text, document, exit codes, what is refused.
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runDeploy, temporaryFolder } from './testing/built-command.js';
import { demoFiles, type DemoFiles } from './testing/demo-files.js';

let folder: ReturnType<typeof temporaryFolder>;
let demo: DemoFiles;
let int8: string;
const at = (name: string): string => join(folder.path, name);
const evaluate = (...words: readonly string[]) => runDeploy(['evaluate', ...words]);

beforeAll(async () => {
  folder = temporaryFolder();
  demo = await demoFiles();
  const quick = ['--method', 'min-max', '--no-bias-correction', '--samples', '20', '-q'];
  await runDeploy(['-p', 'esp32', demo.model, '-c', demo.calibration, ...quick, '-o', at('int8')]);
  int8 = at('int8/model.tflite');
}, 120_000);
afterAll(() => folder.remove());

it('judges a model by itself, float or quantized, without a profile', async () => {
  for (const [model, numbers] of [
    [demo.model, 'float32'],
    [int8, 'int8'],
  ] as const) {
    const { code, stdout, stderr } = await evaluate(model, '-e', demo.evaluation, '-q');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(new RegExp(`^model {8}.*, ${numbers}$`, 'm'));
    expect(stdout).toMatch(
      /^accuracy {5}of the model by itself on 400 evaluation samples; 95 % intervals in brackets$/m,
    );
    expect(stdout).toMatch(/: top-1 \d+\.\d % \(\d+\.\d to \d+\.\d\) of 400 labelled$/m);
    expect(stdout).not.toContain(folder.path);
  }
});

it('puts two models side by side, and ends in 6 with --exit-code where one loses', async () => {
  const two = [int8, '--against', demo.model, '-e', demo.evaluation, '-q', '--exit-code'];
  const { code, stdout } = await evaluate(...two);
  expect(code).toBe(0);
  expect(stdout).toMatch(/top-1 other \d.*, model \d.* of 400 labelled\n +\S+ points \(.*\): within chance$/m);
  const rows = Array.from({ length: 400 }, () => Array.from({ length: 8 }, (_, i) => (i === 0 ? 0.9 : 0.01)).join(','));
  writeFileSync(at('always-disc.csv'), `${rows.join('\n')}\n`);
  const outputs = ['--outputs', at('always-disc.csv')];
  const stuck = await evaluate(int8, '-e', demo.evaluation, ...outputs, '--exit-code', '-q');
  expect(stuck.stdout).toMatch(/top-1 host .*, recorded .*\n +-.* points .*: a loss beyond chance \(95 %\)$/m);
  expect(stuck.code).toBe(6);
  expect((await evaluate(int8, '-e', demo.evaluation, ...outputs, '-q')).code).toBe(0);
});

it('tells two files of one name apart by the end of their paths, in every command that puts two side by side', async () => {
  mkdirSync(at('other'));
  copyFileSync(int8, at('other/model.tflite'));
  const second = at('other/model.tflite');
  const both = await evaluate(int8, '-a', second, '-e', demo.evaluation, '-q');
  expect(both.stdout).toMatch(/^model {8}int8\/model\.tflite \(.*\nagainst {6}other\/model\.tflite \(/);
  expect(both.stdout).not.toContain(folder.path);
  const difference = await runDeploy(['diff', int8, second, '-q']);
  expect(difference.stdout).toMatch(/^a {12}int8\/model\.tflite, .*\nb {12}other\/model\.tflite, /m);
  const document = await evaluate(int8, '-a', second, '-e', demo.evaluation, '--json', '-q');
  expect(JSON.parse(document.stdout)).toMatchObject({
    model: { file: 'model.tflite', called: 'int8/model.tflite' },
    against: { file: 'model.tflite', called: 'other/model.tflite' },
  });
});

it('gives one document with --json', async () => {
  const { stdout } = await evaluate(int8, '-a', demo.model, '-e', demo.evaluation, '--json', '-q');
  expect(JSON.parse(stdout)).toMatchObject({
    schemaVersion: 1,
    ok: true,
    model: { file: 'model.tflite', format: 'tflite' },
    against: { file: 'shapes.h5', numbers: 'float32' },
    outputs: [],
    lossBeyondChance: false,
    accuracy: [{ top1: { decisions: 400, chance: { difference: { verdict: 'within chance' } } } }],
    ownAccuracy: null,
  });
});

it('says what is missing or unused', async () => {
  const codeOf = async (...words: readonly string[]) => {
    const { code, stderr } = await evaluate(...words, '-q');
    return [code, /^[A-Z_]+/.exec(stderr)?.[0]];
  };
  expect(await codeOf(int8)).toEqual([2, 'REQUEST_INCOMPLETE']);
  expect(await codeOf(int8, '-e', demo.evaluation, '--exit-code')).toEqual([2, 'SETTING_UNUSED']);
  expect(await codeOf(int8, '-e', demo.calibration)).toEqual([2, 'EVALUATION_NOTHING']);
  expect(await codeOf(int8, '-e', demo.evaluation, '--labels', demo.labels)).toEqual([2, 'SETTING_UNUSED']);
  expect(await codeOf(int8, '-e', demo.evaluation, '--task', 'binary')).toEqual([2, 'TASK_IMPOSSIBLE']);
  expect(await codeOf(int8, '-e', demo.evaluation, '--task', 'guess')).toEqual([2, 'TASK_IMPOSSIBLE']);
  expect(await codeOf(at('none.tflite'), '-e', demo.evaluation)).toEqual([2, 'MODEL_UNREADABLE']);
  expect(await codeOf(int8, '-e', demo.evaluation, '-p', 'esp32')).toEqual([2, 'ARGUMENTS_INVALID']);
});

it('takes samples and preprocessing as deploy does', async () => {
  const { code, stdout } = await evaluate(
    int8,
    '-e',
    demo.evaluation,
    '--samples',
    '50',
    '--preprocess',
    'scale=1',
    '-q',
  );
  expect(code).toBe(0);
  expect(stdout).toMatch(/evaluation {3}evaluation\.npz \(npz\), 50 samples; preprocessing \{"scale":1\}/);
});
