// Runs that are refused with a report: it goes to stdout, the error to stderr, and the folder stays as it was.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
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

const region = (bytes: number) => ({ bytes, reservedBytes: 0, source: 's' });

/** On the Pico with that much memory: the demo's model takes 8 KB of flash and 3 KB of RAM. */
function run(memory: object, ...more: readonly string[]): Promise<Finished> {
  writeFileSync(
    at('mine.json'),
    JSON.stringify({
      extends: 'rp2040',
      id: 'mine',
      name: 'Mine',
      chip: 'a chip',
      memory,
      schemes: [{ scheme: 'int8', limits: { accuracyDropPoints: 2 } }],
    }),
  );
  const job = ['-p', './mine.json', demo.model, '-c', demo.calibration, '-q'];
  const words = more[0] === 'plan' ? ['plan', ...job, ...more.slice(1)] : [...job, ...more];
  return runDeploy(words, { cwd: folder.path });
}

/** Ranges that keep half of the values: classes are mixed up. */
const ruinous = ['--method', 'percentile', '--percentile', '51', '--no-bias-correction', '--no-equalization'];

interface RefusedDocument {
  readonly ok: boolean;
  readonly exitCode: number;
  readonly written: boolean;
  readonly files: readonly unknown[];
  readonly error: { readonly code: string };
  readonly layers: readonly { readonly liveBytes: number }[];
  readonly accuracy?: readonly unknown[];
}

it('prints the report of what does not fit, and the error, and leaves the output alone', async () => {
  expect((await run({}, '-o', 'out')).code).toBe(0);
  const before = readFileSync(at('out/report.json'), 'utf8');
  const { code, stdout, stderr } = await run({ ram: region(2000) }, '-o', 'out', '--dump', 'dump');
  expect(code).toBe(5);
  expect(stdout).toMatch(/^model {8}shapes\.h5 /);
  expect(stdout).toMatch(/^memory {7}bytes alive in the arena/m);
  expect(stdout).toMatch(/^peak {9}\w+ \((DEPTHWISE_)?CONV_2D\): [\d,]+ bytes are alive at once$/m);
  expect(stdout).toMatch(/^would fit {4}(.*\n {13})*.*--profile [a-z0-9-]+: /m);
  expect(stdout).toMatch(/^wrote {8}nothing \(MODEL_DOES_NOT_FIT\)/m);
  expect(stderr).toMatch(/^MODEL_DOES_NOT_FIT: the arena takes at least \d+ bytes of RAM, 2000 are there/);
  expect(stderr).toContain('deploy explain MODEL_DOES_NOT_FIT');
  expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120);
  expect(readFileSync(at('out/report.json'), 'utf8')).toBe(before);
  expect(readdirSync(folder.path).sort()).toEqual(['mine.json', 'out']);
});

it('needs no data for that', async () => {
  const { code, stderr } = await run({ flash: region(2000) }, '-o', 'out', '-c', 'no-such.npy');
  expect([code, stderr]).toEqual([5, expect.stringMatching(/^MODEL_DOES_NOT_FIT: the model takes at least/)]);
  expect(existsSync(at('out'))).toBe(false);
});

it.each([['plan'], ['deploy']])('is one document with --json, from %s too', async (command) => {
  const words = command === 'plan' ? ['plan'] : ['-o', 'out'];
  const { code, stdout, stderr } = await run({ ram: region(2000) }, ...words, '--json');
  const document = JSON.parse(stdout) as RefusedDocument;
  expect([code, document.exitCode]).toEqual([5, 5]);
  expect(document).toMatchObject({ ok: false, written: false, files: [], error: { code: 'MODEL_DOES_NOT_FIT' } });
  expect(document.layers.length).toBeGreaterThan(3);
  expect(stderr).toMatch(/^MODEL_DOES_NOT_FIT: /);
  expect(existsSync(at('out'))).toBe(false);
});

it('prints the figures of what loses too much, and writes nothing', async () => {
  mkdirSync(at('out'));
  const accuracy = ['-e', demo.evaluation, '--labels', demo.labels, ...ruinous];
  const { code, stdout, stderr } = await run({}, '-o', 'out', ...accuracy);
  expect(code).toBe(6);
  expect(stdout).toMatch(/top-1 float \d+\.\d % \(.*\), int8 \d+\.\d % \(.*\) of 400 labelled/);
  expect(stdout).toMatch(/^fits {9}yes/m);
  expect(stdout).toMatch(/^wrote {8}nothing \(ACCURACY_BELOW_LIMIT\)$/m);
  expect(stderr).toMatch(/^ACCURACY_BELOW_LIMIT: top-1 falls by/);
  expect(readdirSync(at('out'))).toEqual([]);
  const json = await run({}, '-o', 'out', ...accuracy, '--json');
  const document = JSON.parse(json.stdout) as RefusedDocument;
  expect([json.code, document.ok, document.error.code]).toEqual([6, false, 'ACCURACY_BELOW_LIMIT']);
  expect(document.accuracy).toHaveLength(1);
});

it('shows the memory over time in a plan of what is let through', async () => {
  const { code, stdout } = await run({}, 'plan', '--method', 'min-max', '--no-bias-correction');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^memory {7}bytes alive in the arena while each layer runs; there is room for [\d,]+$/m);
  expect(stdout).toMatch(/^peak {9}/m);
});

it('leaves a page of what does not fit, and says that it is all that was written', async () => {
  const { code, stdout } = await run({ ram: region(2000) }, '-o', 'out', '--report', 'report.html');
  expect(code).toBe(5);
  expect(stdout).toMatch(/^wrote {8}only the page report\.html \(MODEL_DOES_NOT_FIT\)/m);
  const page = readFileSync(at('report.html'), 'utf8');
  expect(page).toContain('MODEL_DOES_NOT_FIT');
  expect(page).toContain('bytes too many');
  expect(readdirSync(folder.path).sort()).toEqual(['mine.json', 'report.html']);
  // A run that goes well takes its place.
  expect((await run({}, '-o', 'out', '--report', 'report.html')).code).toBe(0);
  expect(readFileSync(at('report.html'), 'utf8')).toContain('Fits mine');
});

/** It may be a file, but the one beside it that becomes it has a longer name. */
const unwritable = `${'p'.repeat(245)}.html`;

it.each([
  [
    'a refusal',
    { ram: region(2000) },
    5,
    /^wrote {8}nothing \(MODEL_DOES_NOT_FIT\)/m,
    /^OUTPUT_FAILED: [^]*^MODEL_DOES_NOT_FIT: /m,
  ],
  ['a run that goes well', {}, 11, /^output {7}/m, /^OUTPUT_FAILED: /],
] as const)(
  'tells that the page of %s cannot be written, and loses nothing else',
  async (_, memory, code, out, err) => {
    const finished = await run(memory, '-o', 'out', '--report', unwritable);
    expect(finished).toMatchObject({ code, stdout: expect.stringMatching(out), stderr: expect.stringMatching(err) });
    expect(finished.stderr).toContain('ENAMETOOLONG');
    expect(existsSync(at('out/report.json'))).toBe(code === 11);
  },
);

it('does nothing where the page would take the place of something else', async () => {
  writeFileSync(at('report.html'), 'work');
  const { code, stderr } = await run({}, '-o', 'out', '--report', 'report.html');
  expect([code, stderr]).toEqual([2, expect.stringMatching(/^REPORT_NOT_OURS: /)]);
  expect(existsSync(at('out'))).toBe(false);
  expect(readFileSync(at('report.html'), 'utf8')).toBe('work');
  expect((await run({}, '-o', 'out', '--report', 'out/report.html')).stderr).toMatch(
    /REPORT_NOT_OURS: it lies in the folder of --out/,
  );
});
