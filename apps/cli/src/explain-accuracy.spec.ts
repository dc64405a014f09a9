// `deploy explain-accuracy` as a user calls it: text, document, what is refused, and that nothing is written.
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Explanation, FileExplanation, Report } from '@wherry/pipeline';
import { runDeploy, temporaryFolder } from './testing/built-command.js';
import { demoFiles, type DemoFiles } from './testing/demo-files.js';

let folder: ReturnType<typeof temporaryFolder>;
let demo: DemoFiles;
const quick = ['--samples', '20', '--budget', '2s', '-q'];
/** A tenth of the values, which no quantization without a fault does. */
const cuttingOff = ['--method', 'percentile', '--percentile', '90', '--rounding', 'nearest', '--no-equalization'];
const explain = (...words: readonly string[]) => runDeploy(['explain-accuracy', ...words, ...quick]);

beforeAll(async () => {
  folder = temporaryFolder();
  demo = await demoFiles();
}, 120_000);
afterAll(() => folder.remove());

it('says by cause and by layer where accuracy goes, in the layers of the user', async () => {
  const page = join(folder.path, 'loss.html');
  const { code, stdout, stderr } = await explain(
    '-p',
    'esp32',
    '--runtime',
    'compiled-c',
    demo.model,
    '-c',
    demo.calibration,
    '-e',
    demo.evaluation,
    ...cuttingOff,
    ...['--report', page],
  );
  expect([code, stderr]).toEqual([0, '']);
  const html = readFileSync(page, 'utf8');
  expect(html).toContain('id="loss"');
  expect(html).toContain('activation range');
  // Nothing was written that it could list.
  expect(html).not.toContain('model_data');
  rmSync(page);
  expect(stdout).toMatch(/^profile {6}esp32, compiled-c [\d.]+\nscheme {7}int8\n/m);
  expect(stdout).toMatch(/^loss {9}noise \d+\.\d dB below the signal on \d+ samples; shares of it by cause$/m);
  expect(stdout).toMatch(/^ {13}activation range +\d+\.\d % +\d+\.\d % +-?\d+\.\d %/m);
  expect(stdout).toMatch(/^ {13}layer, quantized alone +share +own dB +mostly by$/m);
  expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120);
  expect(stdout).toMatch(/^remedies {5}tried on 20 evaluation samples, which none was made from$/m);
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
  const both = await explain('-p', 'esp32', demo.model, '-c', demo.calibration, '--out', 'x');
  expect(both.stderr).toMatch(/^SETTING_UNUSED: --out is given without --apply/);
  const float = await runDeploy(['explain-accuracy', '-p', 'host-reference', demo.model, '--scheme', 'float32', '-q']);
  expect([float.code, float.stderr]).toEqual([2, expect.stringContaining('EXPLAIN_NOTHING') as string]);
}, 60_000);

it('explains a quantized file beside its float model, and blames the kernels of a device that gives other integers', async () => {
  const out = join(folder.path, 'int8');
  await runDeploy(['-p', 'esp32', demo.model, '-c', demo.calibration, '--method', 'min-max', ...quick, '-o', out]);
  const words = [join(out, 'model.tflite'), '--float', demo.model, '-e', demo.evaluation];
  const file = await runDeploy(['explain-accuracy', ...words, '-q']);
  expect([file.code, file.stderr]).toEqual([0, '']);
  expect(file.stdout).toMatch(/^against {6}shapes\.h5 .*, float32$/m);
  expect(file.stdout).toMatch(/^ {13}activation rounding +\d+\.\d %/m);
  expect(file.stdout).not.toMatch(/conversion|left out: weights/);
  const answers = Int8Array.from({ length: 400 * 8 }, (_, i) => (i % 8 === 0 ? 100 : -128));
  writeFileSync(join(folder.path, 'device.bin'), answers);
  const outputs = `raw:${join(folder.path, 'device.bin')}?dtype=int8&shape=8`;
  const device = await runDeploy(['explain-accuracy', ...words, '--outputs', outputs, '--json', '-q']);
  const { attribution, evaluation } = JSON.parse(device.stdout) as FileExplanation;
  expect(attribution.causes[0]).toMatchObject({ cause: 'kernel' });
  expect(attribution.causes[0]!.evidence).toMatch(
    /of 400 recorded samples are not the integers of this host; by 0\.[1-9]\d* \(root mean square\), \d\.\d+ at most/,
  );
  expect(attribution.causes[0]!.evidence).toMatch(
    /; the outputs do not tell which of \d layers it is, \w+ to \w+: a MODEL that also gives what \w+ writes, run there and recorded with --outputs, tells the half$/,
  );
  // Of what was recorded, not of what this host gives.
  expect(attribution.samples).toBe(400);
  expect(attribution.sqnrDb).toBeLessThan(6);
  expect(evaluation.outputs).toHaveLength(1);
}, 120_000);

it('refuses options that decide nothing of a file, and files that are not what they are given for', async () => {
  const words = [demo.model, '--float', demo.model, '-e', demo.evaluation];
  const real = await runDeploy(['explain-accuracy', ...words, '-q']);
  expect([real.code, real.stderr]).toEqual([2, expect.stringContaining('EXPLAIN_NOTHING') as string]);
  const profile = await runDeploy(['explain-accuracy', ...words, '-p', 'esp32', '-q']);
  expect(profile.stderr).toMatch(/^SETTING_UNUSED: --profile decides nothing with --float/);
  const applied = await runDeploy(['explain-accuracy', ...words, '--apply', '--out', 'x', '-q']);
  expect(applied.stderr.replace(/\s+/g, ' ')).toMatch(
    /^SETTING_UNUSED: --apply and --out decide nothing with --float, .* next leave them away; or leave --float away, give the float model as MODEL, and --profile and --calibration/,
  );
  const outputs = await runDeploy(['explain-accuracy', demo.model, '-p', 'esp32', '--outputs', 'x', '-q']);
  expect(outputs.stderr).toMatch(/^SETTING_UNUSED: --outputs is given without --float/);
}, 60_000);

it('asks for --float where the model is one of integers, whatever else is given', async () => {
  const out = join(folder.path, 'given');
  await runDeploy(['-p', 'esp32', demo.model, '-c', demo.calibration, '--method', 'min-max', ...quick, '-o', out]);
  const model = join(out, 'model.tflite');
  const run = ['-p', 'esp32', '-c', demo.calibration];
  for (const words of [[], ['-e', demo.evaluation], [...run, '-e', demo.evaluation], [...run, '--apply', '-o', 'x']]) {
    const { code, stderr } = await runDeploy(['explain-accuracy', model, ...words, '-q']);
    expect([code, stderr]).toEqual([2, expect.stringMatching(/^EXPLAIN_NOTHING: [^]*next {2}add --float FILE/)]);
  }
  const followed = await runDeploy(['explain-accuracy', model, '--float', demo.model, '-e', demo.evaluation, '-q']);
  expect(followed.code).toBe(0);
}, 120_000);

it('tries what would help on other samples, and deploys with what gains most', async () => {
  const out = join(folder.path, 'applied');
  const words = ['-p', 'esp32', demo.model, '-c', demo.calibration, ...cuttingOff, '--no-bias-correction'];
  const alone = await explain(...words, '--apply', '--out', out);
  expect(alone.stderr).toMatch(/^REMEDY_NONE: none was tried\n +next +what would help is judged on samples/);
  expect([alone.code, existsSync(out)]).toEqual([6, false]);
  const { code, stdout, stderr } = await explain(...words, '-e', demo.evaluation, '--apply', '--out', out);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^ {13}activation range +\d/m);
  const [, best] = /^ {13}(--method [\w-]+) +\+\d+\.\d +gain$/m.exec(stdout)!;
  expect(stdout).toContain(`applied      ${best}\n`);
  const report = JSON.parse(readFileSync(join(out, 'report.json'), 'utf8')) as Report;
  expect(report.quantization.method).toBe(best!.slice('--method '.length));
}, 240_000);

it('has nothing to mend in a quantization without a fault, and writes nothing with --apply', async () => {
  const out = join(folder.path, 'healthy');
  const words = ['-p', 'esp32', demo.model, '-c', demo.calibration, '-e', demo.evaluation, '--apply', '--out', out];
  const page = join(folder.path, 'healthy.html');
  const run = ['explain-accuracy', ...words, '--budget', '2s', '-q', '--report', page];
  const { code, stdout, stderr } = await runDeploy(run);
  expect(readFileSync(page, 'utf8')).toContain('nothing to mend');
  expect([code, stderr, existsSync(out)]).toEqual([0, '', false]);
  expect(stdout.replace(/\s+/g, ' ')).toMatch(
    / loss nothing to explain: noise \d+\.\d dB below the signal on 24 samples, where plain rounding to the same numbers makes it \d+\.\d dB; nothing is lost beyond chance /,
  );
  expect(stdout).toMatch(/^remedies {5}none tried: there is nothing to mend\n\napplied {6}nothing: /m);
}, 60_000);

it('takes other numbers only where a limit is broken and no setting mends it, and then the next of the profile', async () => {
  const profile = join(folder.path, 'strict.json');
  const allow = (agreementPercent: number): void =>
    writeFileSync(
      profile,
      JSON.stringify({
        ...{ id: 'strict', extends: 'host-reference', name: 'Strict', chip: 'of a test' },
        schemes: [
          { scheme: 'int4', limits: { agreementPercent } },
          { scheme: 'int8', limits: { agreementPercent: 50 } },
          { scheme: 'int16x8' },
        ],
      }),
    );
  const words = ['-p', profile, '--scheme', 'int4', demo.model, '-c', demo.calibration, '-e', demo.evaluation];
  const few = ['--samples', '100', '--budget', '2s', '--rounding', 'nearest', '--method', 'min-max', '-q'];
  const tried = async (...more: readonly string[]): Promise<readonly string[]> => {
    const { stdout } = await runDeploy(['explain-accuracy', ...words, ...few, ...more, '--json']);
    return (JSON.parse(stdout) as Explanation).remedies.tried.map(({ options, verdict }) => `${options}: ${verdict}`);
  };
  allow(60);
  const kept = await tried();
  expect(kept.length).toBeGreaterThan(0);
  expect(kept.filter((each) => each.startsWith('--scheme'))).toEqual([]);
  allow(100);
  const broken = await tried();
  expect(broken.slice(0, -1).every((each) => /^--(rounding|no-).*: refused$/.test(each))).toBe(true);
  expect(broken.at(-1)).toBe('--scheme int8: gain');
  const out = join(folder.path, 'other');
  const { code, stdout } = await runDeploy(['explain-accuracy', ...words, ...few, '--apply', '--out', out]);
  expect([code, stdout]).toEqual([0, expect.stringContaining('applied      --scheme int8\n') as string]);
  const report = JSON.parse(readFileSync(join(out, 'report.json'), 'utf8')) as Report;
  expect(report.quantization.scheme).toBe('int8');
}, 240_000);
