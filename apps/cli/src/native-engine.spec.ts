// `--engine node` as a user takes it: on a machine that has the native engine, and on one that has not.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runDeploy, temporaryFolder } from './testing/built-command.js';
import { demoFiles, type DemoFiles } from './testing/demo-files.js';

interface Finding {
  readonly name: string;
  readonly status: string;
  readonly detail: string;
}

interface Report {
  readonly engine: string;
  readonly accuracy: readonly { readonly sqnrDb: number; readonly samples: number }[];
}

let demo: DemoFiles;
let folder: ReturnType<typeof temporaryFolder>;
let native: Finding;

beforeAll(async () => {
  demo = await demoFiles();
  const { findings } = JSON.parse((await runDeploy(['doctor', '--json'])).stdout) as { findings: readonly Finding[] };
  native = findings.find(({ name }) => name === 'float engine tfjs-node')!;
  folder = temporaryFolder();
}, 120_000);
afterAll(() => folder.remove());

const job = (engine: string): string[] => [
  ...['-p', 'esp32', demo.model, '-c', demo.calibration, '-e', demo.evaluation],
  ...['-o', join(folder.path, engine), '--engine', engine, '--json'],
];

it('is there, or was never installed: doctor says which', () => {
  if (process.env['WHERRY_REQUIRE_ALL'] === '1') expect(native.status).toBe('ok');
  expect(`${native.status}: ${native.detail}`).toMatch(
    /^(ok: loads and computes|absent: optional; the package @tensorflow\/tfjs-node is (not installed|installed without its native library))$/,
  );
});

it('runs a whole deployment, quietly, or says what else to take', async () => {
  const { code, stdout, stderr } = await runDeploy(job('node'));
  if (native.status === 'absent') {
    expect([code, stderr]).toEqual([11, expect.stringMatching(/ENGINE_UNAVAILABLE: .*\n.*leave --engine away/s)]);
    return;
  }
  // What the library would log is no progress event.
  expect([code, stderr.split('\n').filter((line) => line !== '' && !line.startsWith('{"event":'))]).toEqual([0, []]);
  const [ours, theirs] = [stdout, (await runDeploy(job('wasm'))).stdout].map((text) => JSON.parse(text) as Report);
  expect([ours!.engine, theirs!.engine]).toEqual(['tfjs-node', 'tfjs-wasm']);
  expect(ours!.accuracy[0]!.samples).toBe(400);
  // The ranges are the same up to float rounding.
  expect(Math.abs(ours!.accuracy[0]!.sqnrDb - theirs!.accuracy[0]!.sqnrDb)).toBeLessThan(0.5);
  const size = (engine: string): number => readFileSync(join(folder.path, engine, 'model.tflite')).length;
  expect(size('node')).toBe(size('wasm'));
});

it('trains on it, or says what else to take', async () => {
  const { code, stdout, stderr } = await runDeploy([
    ...['train', '-p', 'host-reference', '--scheme', 'int4', demo.model, '-c', demo.calibration, '-e', demo.evaluation],
    ...['-o', join(folder.path, 'trained'), '--engine', 'node', '--epochs', '2', '--samples', '60', '--json'],
  ]);
  if (native.status === 'absent') {
    expect([code, stderr]).toEqual([11, expect.stringMatching(/ENGINE_UNAVAILABLE/)]);
    return;
  }
  expect([code, stderr]).toEqual([0, expect.stringMatching(/epoch 2: loss/)]);
  const { quantization } = JSON.parse(stdout) as {
    readonly quantization: { readonly training: { readonly engine: string; readonly epochs: number } };
  };
  expect(quantization.training).toMatchObject({ engine: 'tfjs-node', epochs: 2 });
}, 120_000);
