// Training through the built command: what it writes and prints, and that one that was killed comes to the same bytes.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runDeploy, temporaryFolder, type RunOptions } from './testing/built-command.js';
import { demoFiles, type DemoFiles } from './testing/demo-files.js';
import { describeWhere } from './testing/describe-where.js';

let demo: DemoFiles;
let folder: ReturnType<typeof temporaryFolder>;
const at = (name: string): string => join(folder.path, name);

beforeAll(async () => {
  demo = await demoFiles();
  folder = temporaryFolder();
}, 120_000);
afterAll(() => folder.remove());

const plain = ['--method', 'min-max', '--no-bias-correction', '--rounding', 'nearest', '--no-weight-clipping'];
const train = (out: string, more: readonly string[], options?: RunOptions) =>
  runDeploy(
    [
      ...['train', demo.model, '-c', demo.calibration, '-e', demo.evaluation, '-o', at(out)],
      ...['--scheme', 'int4', '-p', 'host-reference', '--epochs', '3', '--samples', '100', ...plain, ...more],
    ],
    options,
  );
const model = (out: string): Buffer => readFileSync(join(at(out), 'model.tflite'));

it('writes what the main job writes, and says what training was worth', async () => {
  const { code, stdout, stderr } = await train('out', []);
  expect([code, stderr]).toEqual([0, expect.stringMatching(/^train \.\.\.$/m)]);
  expect(stdout).toMatch(/trained by distillation on \d+ samples for 3 epochs \(tfjs-wasm\)/);
  expect(stdout).toMatch(/SQNR \S+ dB -> \S+ dB; same decision/);
  expect(readdirSync(at('out'))).toContain('model_data.cc');
  const report = JSON.parse(readFileSync(join(at('out'), 'report.json'), 'utf8')) as {
    readonly quantization: {
      readonly training: { readonly epochs: number; readonly settings: { readonly seed: number } };
    };
  };
  expect(report.quantization.training).toMatchObject({ epochs: 3, settings: { seed: 1, epochs: 3 } });
}, 120_000);

it.each(['epoch 1', 'epoch 2'])(
  'killed at "%s", it goes on to the same bytes',
  async (moment) => {
    const checkpoint = at(`checkpoint at ${moment.slice(-1)}`);
    const killed = await train(`never at ${moment.slice(-1)}`, ['--checkpoint', checkpoint, '--json'], {
      onStderr: (text, child) => void (text.includes(moment) && child.kill('SIGKILL')),
    });
    expect([killed.code, killed.signal]).toEqual([null, 'SIGKILL']);
    const out = `again at ${moment.slice(-1)}`;
    const { code, stderr } = await train(out, ['--checkpoint', checkpoint, '--json']);
    expect(code).toBe(0);
    // The epochs that were whole are not done again.
    if (existsSync(checkpoint) && moment.endsWith('2')) expect(stderr).not.toMatch(/epoch 1:/);
    expect(model(out).equals(model('out'))).toBe(true);
  },
  180_000,
);

const traced = spawnSync('strace', ['-f', '-o', '/dev/null', 'true']).status === 0;
describeWhere(traced, 'strace is not there or may not trace', 'killed while it writes a checkpoint', () => {
  // Of the first checkpoint: none is there yet. Of the second: the first is.
  it.each([
    ['rename,renameat,renameat2', 1, 'none'],
    ['fsync,fdatasync', 3, 'the first'],
    ['rename,renameat,renameat2', 2, 'the first'],
  ])(
    'at %s number %d, it goes on from %s to the same bytes',
    async (calls, nth, left) => {
      const checkpoint = at(`checkpoint at ${calls} ${nth}`);
      const options = ['--checkpoint', checkpoint, '--json'];
      const filter = ['-e', `trace=${calls}`, '-e', `inject=${calls}:signal=KILL:when=${nth}`];
      const killed = await train('never', options, {
        under: ['strace', '-f', '-q', '-o', '/dev/null', ...filter],
        // Calls are counted by thread.
        env: { UV_THREADPOOL_SIZE: '1' },
      });
      expect(killed.signal === 'SIGKILL' || killed.code === 137).toBe(true);
      expect([existsSync(checkpoint), existsSync(at('never'))]).toEqual([left !== 'none', false]);
      const { code, stderr } = await train(`after ${calls} ${nth}`, options);
      expect([code, stderr.includes('epoch 1:')]).toEqual([0, left === 'none']);
      expect(model(`after ${calls} ${nth}`).equals(model('out'))).toBe(true);
      expect(readdirSync(folder.path).filter((name) => name.includes('wherry-part'))).toEqual([]);
    },
    240_000,
  );
});

it.each(['SIGINT', 'SIGTERM'] as const)(
  '%s: what is said of the checkpoint is so, and the next run goes on from it',
  async (signal) => {
    const checkpoint = at(`checkpoint of ${signal}`);
    const options = ['--checkpoint', checkpoint, '--json'];
    const stopped = await train(signal, options, {
      onStderr: (text, child) => void (text.includes('epoch 2:') && child.kill(signal)),
    });
    expect(stopped.code).toBe(130);
    expect(stopped.stderr.replace(/\s+/g, ' ')).toContain(`only the checkpoint in ${checkpoint} was written`);
    expect([existsSync(checkpoint), existsSync(at(signal))]).toEqual([true, false]);
    const { code, stderr } = await train(signal, options);
    expect([code, stderr.includes('epoch 1:')]).toEqual([0, false]);
    expect(model(signal).equals(model('out'))).toBe(true);
  },
  180_000,
);

it('refuses a checkpoint in the folder that is replaced', async () => {
  const { code, stderr } = await train('whole', ['--checkpoint', join(at('whole'), 'k')]);
  expect([code, stderr]).toEqual([2, expect.stringMatching(/^OUTPUT_HOLDS_INPUT: the checkpoint/) as string]);
  expect(existsSync(at('whole'))).toBe(false);
}, 120_000);

it('refuses what it cannot follow', async () => {
  const { code, stderr } = await train('refused', ['--rate', 'fast']);
  expect([code, stderr]).toEqual([2, expect.stringMatching(/^ARGUMENTS_INVALID: --rate is "fast"/)]);
  const reference = await train('refused', ['--engine', 'reference']);
  expect([reference.code, reference.stderr]).toEqual([
    2,
    expect.stringMatching(/SETTING_UNUSED: the engine reference/),
  ]);
  expect(existsSync(at('refused'))).toBe(false);
}, 120_000);
