// `deploy diff` as a user calls it: text, document, exit codes, what is refused.
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runDeploy, temporaryFolder } from './testing/built-command.js';
import { demoFiles } from './testing/demo-files.js';

let folder: ReturnType<typeof temporaryFolder>;
let data: string;
const at = (name: string): string => join(folder.path, name);
const diff = (...words: readonly string[]) => runDeploy(['diff', ...words]);

beforeAll(async () => {
  folder = temporaryFolder();
  const demo = await demoFiles();
  data = demo.calibration;
  const quick = ['--method', 'min-max', '--no-bias-correction', '--samples', '20', '-q'];
  for (const [out, ...more] of [['int8'], ['float', '--input-type', 'float32']])
    await runDeploy(['-p', 'esp32', demo.model, '-c', data, ...quick, ...more, '-o', at(out!)]);
  cpSync(at('int8'), at('copy'), { recursive: true });
}, 120_000);
afterAll(() => folder.remove());

it('says what differs, runs both, and ends in 0', async () => {
  const { code, stdout, stderr } = await diff(
    at('int8'),
    at('float'),
    '-p',
    'esp32',
    '-c',
    data,
    '--samples',
    '9',
    '-q',
  );
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^a {12}int8\/model\.tflite of an output folder/);
  expect(stdout).toMatch(/\n +\+ 0 QUANTIZE /);
  expect(stdout).toMatch(/\non samples {3}9 samples .*\n(.*\n)? +classes_1: identical in all 72 values\n/);
  expect(stdout).toMatch(/\n +the resolver of a lacks AddQuantize\n/);
  expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120);
  expect(stdout).not.toContain(folder.path);
});

it('ends in 6 with --exit-code where something differs, and in 0 where nothing does', async () => {
  const model = readFileSync(at('int8/model.tflite'));
  // In the middle of the weights of the features, the largest constant: one bit of one weight.
  const changed = Buffer.from(model);
  const text = 'wherry.provenance';
  const other = Buffer.from(model);
  other.write('wherry.Provenance', other.indexOf(text));
  changed[changed.length >> 1]! ^= 1;
  writeFileSync(at('changed.tflite'), changed);
  writeFileSync(at('renamed.tflite'), other);
  const of = async (b: string) => (await diff(at('int8'), b, '--exit-code')).code;
  expect([await of(at('copy')), await of(at('float')), await of(at('changed.tflite'))]).toEqual([0, 6, 6]);
  expect(await of(at('renamed.tflite'))).toBe(0);
  expect((await diff(at('int8'), at('changed.tflite'))).stdout).toMatch(/1 of [\d,]+ values .*steps? at most/);
  expect((await diff(at('int8'), at('renamed.tflite'))).stdout).toMatch(/verdict {6}the same graph: /);
});

it('gives one document with --json', async () => {
  const { code, stdout } = await runDeploy(['--json', 'diff', at('int8'), at('copy')]);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ schemaVersion: 1, ok: true, verdict: 'same-bytes', differs: false });
});

it.each([
  ['an option without use', ['--samples', '3'], 'SETTING_UNUSED', /--calibration DATA/],
  ['no number', ['-c', 'x.npy', '--samples', 'many'], 'ARGUMENTS_INVALID', /whole number/],
  ['an unknown profile', ['-p', 'esp33'], 'PROFILE_UNKNOWN', /esp32/],
  ['data that is not there', ['-c', 'none.npy'], 'DATA_NOT_FOUND', /none\.npy/],
] as const)('refuses %s', async (_, words, errorCode, says) => {
  const { code, stderr, stdout } = await diff(at('int8'), at('float'), ...words);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(new RegExp(`^${errorCode}: `));
  expect(stderr).toMatch(says);
});
