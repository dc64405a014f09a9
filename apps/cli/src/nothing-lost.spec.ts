// Nothing of the user's is lost: the source model, files in the output folder, another run's output.
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runDeploy, temporaryFolder, type Finished } from './testing/built-command.js';
import { demoFiles, type DemoFiles } from './testing/demo-files.js';

let demo: DemoFiles;
let folder: ReturnType<typeof temporaryFolder>;
const at = (name: string): string => join(folder.path, name);
beforeAll(async () => {
  demo = await demoFiles();
}, 120_000);
beforeEach(() => (folder = temporaryFolder()));
afterEach(() => folder.remove());

const run = (model: string, calibration: string, ...more: readonly string[]): Promise<Finished> =>
  runDeploy(
    ['-p', 'esp32', model, '-c', calibration, '--method', 'min-max', '--no-bias-correction', '--samples', '5', ...more],
    { cwd: folder.path },
  );

/** The path that an error proposes, followed as a user would. */
const adviceOf = ({ stderr }: Finished): string => /for example --out (\S+)/.exec(stderr.replace(/\n\s+/g, ' '))![1]!;

it.each([
  ['its folder', 'm'],
  ['the current folder and a detour', './m/../m'],
  ['a folder above it', '.'],
])('never overwrites the model, with %s as the output; the advice works', async (_, out) => {
  mkdirSync(at('m'));
  copyFileSync(demo.model, at('m/model.tflite'));
  const before = readFileSync(at('m/model.tflite'));
  const refused = await run('m/model.tflite', demo.calibration, '-o', out);
  expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('OUTPUT_HOLDS_INPUT: the model')]);
  expect(readFileSync(at('m/model.tflite')).equals(before)).toBe(true);
  expect(readdirSync(at('m'))).toEqual(['model.tflite']);
  if (out === '.') return;
  expect((await run('m/model.tflite', demo.calibration, '-o', adviceOf(refused))).code).toBe(0);
  expect(readFileSync(at('m/model.tflite')).equals(before)).toBe(true);
});

it('never takes a folder for its own because of the names in it', async () => {
  mkdirSync(at('out'));
  writeFileSync(at('out/model.tflite'), 'my own');
  const { code, stderr } = await run(demo.model, demo.calibration, '-o', 'out');
  expect([code, stderr]).toEqual([2, expect.stringContaining('OUTPUT_NOT_OURS: "model.tflite"')]);
  expect(readFileSync(at('out/model.tflite'), 'utf8')).toBe('my own');
});

it('keeps samples and what the user changed in an output', async () => {
  mkdirSync(at('data'));
  copyFileSync(demo.calibration, at('data/calibration.npy'));
  const among = await run(demo.model, 'data/calibration.npy', '-o', 'data');
  expect([among.code, among.stderr]).toEqual([2, expect.stringContaining('the calibration data')]);
  expect((await run(demo.model, 'data/calibration.npy', '-o', 'out')).code).toBe(0);
  const mine = readFileSync(at('out/model_settings.h'), 'utf8').replace('ARENA_BYTES ', 'ARENA_BYTES 1');
  writeFileSync(at('out/model_settings.h'), mine);
  const { code, stderr } = await run(demo.model, 'data/calibration.npy', '-o', 'out');
  expect([code, stderr]).toEqual([2, expect.stringContaining('"model_settings.h" in it was changed')]);
  expect(readFileSync(at('out/model_settings.h'), 'utf8')).toBe(mine);
});

it('lets two runs finish, the last one whole, and says so', async () => {
  const runs = await Promise.all(
    ['one', 'two'].map((symbol) => run(demo.model, demo.calibration, '-o', 'out', '--symbol', symbol)),
  );
  expect(runs.map(({ code }) => code)).toEqual([0, 0]);
  // Who began after the other had ended has nothing to tell.
  const told = runs.filter(({ stderr }) => stderr.includes('another run had written there meanwhile'));
  expect(told.length).toBeLessThanOrEqual(1);
  const last = readFileSync(at('out/model_data.h'), 'utf8').includes('extern const unsigned char one[]')
    ? 'one'
    : 'two';
  if (told.length === 1) expect(told[0]).toBe(runs[last === 'one' ? 0 : 1]);
  expect(readFileSync(at('out/model_ops.h'), 'utf8')).toContain(`${last}_register_ops`);
  expect(readdirSync(folder.path)).toEqual(['out']);
});

it('cleans up after a run that was killed', async () => {
  const killed = await run(demo.model, demo.calibration, '-o', 'out');
  expect(killed.code).toBe(0);
  const left = '.out.4194305-0123456789ab-00000000-0.wherry-new';
  mkdirSync(at(left));
  writeFileSync(at('.out.wherry-lock'), '');
  const { code } = await run(demo.model, demo.calibration, '-o', 'out');
  // A fresh folder of another machine, on a disk that both use, is left to that machine.
  expect([code, readdirSync(folder.path)]).toEqual([0, [left, 'out']]);
});
