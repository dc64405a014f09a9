// `deploy explain-accuracy` as a user calls it: text, document, what is refused, and that nothing is written.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Explanation } from '@wherry/pipeline';
import { runDeploy, temporaryFolder } from './testing/built-command.js';
import { demoFiles, type DemoFiles } from './testing/demo-files.js';

let folder: ReturnType<typeof temporaryFolder>;
let demo: DemoFiles;
const quick = ['--samples', '20', '--budget', '2s', '-q'];
const explain = (...words: readonly string[]) => runDeploy(['explain-accuracy', ...words, ...quick]);

beforeAll(async () => {
  folder = temporaryFolder();
  demo = await demoFiles();
}, 120_000);
afterAll(() => folder.remove());

it('says by cause and by layer where accuracy goes, in the layers of the user', async () => {
  const { code, stdout, stderr } = await explain(
    '-p',
    'esp32',
    demo.model,
    '-c',
    demo.calibration,
    '-e',
    demo.evaluation,
  );
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^loss {9}noise \d+\.\d dB below the signal on \d+ samples; shares of it by cause$/m);
  expect(stdout).toMatch(/^ {13}activation rounding +\d+\.\d % +\d+\.\d % +-?\d+\.\d %/m);
  expect(stdout).toMatch(/^ {13}layer, quantized alone +share +own dB +mostly by$/m);
  expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120);
  expect(readdirSync(folder.path)).toEqual([]);
}, 60_000);

it('blames samples that were prepared otherwise, and gives the document', async () => {
  // As some training scripts would have them, and this model's did not.
  const pixels = readFileSync(demo.calibration).subarray(-256 * 16 * 16);
  writeFileSync(
    join(folder.path, 'scaled.bin'),
    Float32Array.from(pixels, (pixel) => pixel / 255),
  );
  const scaled = `raw:${join(folder.path, 'scaled.bin')}?dtype=float32&shape=16x16x1`;
  const { code, stdout } = await explain('-p', 'esp32', demo.model, '-e', demo.evaluation, '-c', scaled, '--json');
  expect(code).toBe(0);
  const { attribution, report } = JSON.parse(stdout) as Explanation;
  expect(attribution.causes[0]).toMatchObject({ cause: 'data' });
  expect(attribution.causes[0]!.evidence).toMatch(/ranges were made from samples of .*, those evaluated are of /);
  expect(report.attribution).toEqual(attribution);
}, 60_000);

it('refuses what has no loss to be explained, and what it would not do', async () => {
  const dump = await explain('-p', 'esp32', demo.model, '-c', demo.calibration, '--dump', 'x');
  expect(dump.code).toBe(2);
  const float = await runDeploy(['explain-accuracy', '-p', 'host-reference', demo.model, '--scheme', 'float32', '-q']);
  expect([float.code, float.stderr]).toEqual([2, expect.stringContaining('EXPLAIN_NOTHING') as string]);
}, 60_000);
