// `deploy test` as a user calls it: a project, its baselines in git, exit codes, what a killed or refused update leaves.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  repositoryRoot,
  runDeploy,
  runNode,
  temporaryFolder,
  type Finished,
  type RunOptions,
} from './testing/built-command.js';
import { describeWhere } from './testing/describe-where.js';
import { demoFiles } from './testing/demo-files.js';

let folder: ReturnType<typeof temporaryFolder>;
const at = (name: string): string => join(folder.path, name);
/** These tests are run by CI themselves. */
const test = (words: readonly string[], { env, ...options }: RunOptions = {}): Promise<Finished> =>
  runDeploy(['test', '-q', ...words], { cwd: folder.path, env: { CI: '', ...env }, ...options });
const baseline = (): string => readFileSync(at('baselines/esp32/shapes.json'), 'utf8');

/** Without anything that is chosen by trying. */
const quick = {
  ...{ method: 'min-max', biasCorrection: false, equalization: false, rounding: 'nearest', weightClipping: false },
  samples: 20,
};
const describeProject = (changes: object = {}, profiles: readonly string[] = ['esp32']): void => {
  const shapes = {
    model: 'shapes.h5',
    calibration: 'calibration.npy',
    evaluation: 'evaluation.npz',
    ...quick,
    ...changes,
  };
  writeFileSync(at('deploy.config.json'), JSON.stringify({ models: { shapes }, profiles }));
};

beforeAll(async () => {
  folder = temporaryFolder();
  const demo = await demoFiles();
  cpSync(demo.model, at('shapes.h5'));
  cpSync(demo.calibration, at('calibration.npy'));
  cpSync(demo.evaluation, at('evaluation.npz'));
}, 120_000);
afterAll(() => folder.remove());
beforeEach(() => {
  rmSync(at('baselines'), { recursive: true, force: true });
  describeProject();
});

it('asks for a baseline, takes one, and holds it: the same document every time', async () => {
  const without = await test([]);
  expect([without.code, without.stdout]).toEqual([6, expect.stringContaining('write it with --update')]);
  expect((await test(['--update'], { env: { CI: 'true' } })).code).toBe(2);
  expect((await test(['--update'])).stdout).toMatch(
    /^updated {2}shapes on esp32, host\n {4}DATA_FEW_SAMPLES: [^]*\n\nok: 1 updated\n$/,
  );
  const documents = new Set<string>();
  for (let run = 0; run < 3; run++) {
    const { code, stdout, stderr } = await test(['--json'], {
      env: { CI: 'true', LC_ALL: run === 1 ? 'tr_TR.UTF-8' : 'C' },
    });
    expect([code, stderr]).toEqual([0, '']);
    documents.add(stdout);
  }
  expect(documents.size).toBe(1);
  expect(JSON.parse([...documents][0]!)).toMatchObject({ schemaVersion: 1, ok: true, pairs: [{ verdict: 'passed' }] });
});

it('names what moved, link by link, in every form', async () => {
  await test(['--update']);
  describeProject({ biasCorrection: true });
  const words = ['--junit', at('result.xml'), '--markdown', at('result.md')];
  const { code, stdout } = await test(words);
  expect(code).toBe(6);
  expect(stdout).toMatch(/^failed {2}shapes on esp32, host\n {4}input moved first; so did plan, bytes, numbers\n/);
  expect(stdout).toContain('input.settings.biasCorrection: false -> true');
  expect(stdout).not.toContain(folder.path);
  expect(readFileSync(at('result.xml'), 'utf8')).toMatch(
    /<testsuite name="shapes" tests="1" failures="1"[^]*bytes\.constants/,
  );
  expect(readFileSync(at('result.md'), 'utf8')).toContain('| shapes | esp32 | host | failed | input |');
  // Written again over themselves, and over nothing else.
  expect((await test(words)).code).toBe(6);
  expect((await test(['--junit', at('one'), '--markdown', at('./one')])).stderr).toContain('name one file');
  const refused = await test(['--junit', at('deploy.config.json')]);
  expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('REPORT_NOT_OURS')]);
  // Of a run that is refused nobody takes an earlier one's for its own.
  expect((await test([...words, 'shape'])).code).toBe(2);
  expect([existsSync(at('result.xml')), existsSync(at('result.md'))]).toEqual([false, false]);
});

it('says of what was mistyped what was meant', async () => {
  expect((await test(['shape'])).stderr).toContain('did you mean "shapes"?');
  expect((await test(['--tier', 'board'])).stderr).toMatch(/Allowed choices are host,\s+emu, hw/);
  expect((await test(['--config', 'none.json'])).code).toBe(2);
  rmSync(at('deploy.config.json'));
  expect((await test([])).stderr).toMatch(/CONFIG_MISSING[^]*"models"/);
});

it('deploys a model of the project by its name', async () => {
  const { code, stdout } = await runDeploy(['shapes', '-p', 'esp32', '-q', '-o', at('out')], { cwd: folder.path });
  expect([code, stdout]).toEqual([0, expect.stringContaining('shapes.tflite')]);
  const { stderr } = await runDeploy(['shape', '-p', 'esp32'], { cwd: folder.path });
  expect(stderr).toContain('did you mean shapes, a model of the project?');
});

it('shows a run beside the baseline of its pair on its page', async () => {
  const sectionOf = async (...words: readonly string[]): Promise<string | undefined> => {
    const run = [...words, '-q', '-o', at('paged'), '--report', at('page.html')];
    const { code, stderr } = await runDeploy(run, { cwd: folder.path });
    expect([code, stderr]).toEqual([0, '']);
    return /<section\s+id="comparison"([^]*?)<\/section>/.exec(readFileSync(at('page.html'), 'utf8'))?.[1];
  };
  expect(await sectionOf('shapes', '-p', 'esp32')).toContain('no baseline of this pair');
  await test(['--update']);
  const same = await sectionOf('shapes', '-p', 'esp32');
  expect(same).toMatch(/All \d+ metrics that this machine measures are as the baseline has them\./);
  expect(same).toMatch(/memory\.flash[^]*>same</);
  writeFileSync(at('baselines/esp32/shapes.json'), baseline().replace(/"memory\.flash": \d+/, '"memory.flash": 7'));
  const moved = await sectionOf('shapes', '-p', 'esp32', '--scheme', 'int16x8');
  expect(moved).toMatch(/\d+ metrics of \d+ moved; `deploy test` fails\./);
  expect(moved).toMatch(/input\.settings\.scheme[^]*int16x8[^]*memory\.flash[^]*>7<[^]*>worse</);
  // A file of no project has none to be beside.
  expect(await sectionOf('shapes.h5', '-p', 'esp32', '-c', 'calibration.npy', '--name', 'shapes')).toBeUndefined();
}, 240_000);

const traced = spawnSync('strace', ['-f', '-o', '/dev/null', 'true']).status === 0;
describeWhere(traced, 'strace is not there or may not trace', 'an update', () => {
  const inject = (calls: string, what: string, nth: number): readonly string[] => [
    ...['strace', '-f', '-q', '-o', '/dev/null', '-e', `trace=${calls}`, '-e', `inject=${calls}:${what}:when=${nth}`],
  ];
  const env = { UV_THREADPOOL_SIZE: '1' };
  const regression = join(repositoryRoot, 'packages', 'pipeline', 'dist', 'regression');
  const module = pathToFileURL(join(regression, 'baseline-folder.js')).href;
  const write = (memory: number, under: readonly string[] = []): Promise<Finished> => {
    const script = `
      const { updateBaseline } = await import(${JSON.stringify(module)});
      const host = new Map(Array.from({ length: 5000 }, (_, at) => ['memory.' + at, ${memory}]));
      const pair = { model: 'shapes', profile: 'esp32' };
      const place = { folder: ${JSON.stringify(at('baselines'))}, project: 'deploy.config.json' };
      await updateBaseline(place, pair, () => ({ ...pair, project: place.project, host }));`;
    return runNode(['--input-type=module', '--eval', script], { under, env });
  };

  it.each(['rename,renameat,renameat2', 'fsync,fdatasync', 'mkdir,mkdirat', 'ftruncate', 'write,pwrite64,writev'])(
    'that is killed at the n-th %s leaves the old baseline or the new one',
    async (calls) => {
      await write(1);
      const before = baseline();
      const found = new Set<string>();
      // The runtime writes to its own descriptors, the oftener the busier the machine is: those are a sample.
      for (let nth = 1; nth < 500; nth += calls.startsWith('write') ? 1 + Math.floor(nth / 8) : 1) {
        writeFileSync(at('baselines/esp32/shapes.json'), before);
        const { signal, code } = await write(2, inject(calls, 'signal=KILL', nth));
        found.add(baseline());
        if (signal !== 'SIGKILL' && code !== 137) break;
      }
      for (const text of found) expect(text.split('\n').length).toBe(before.split('\n').length);
      expect(found.size).toBeLessThanOrEqual(2);
      await write(2);
      expect(readdirSync(at('baselines/esp32'))).toEqual(['shapes.json']);
      expect(baseline()).not.toBe(before);
    },
    300_000,
  );

  it.each([
    ['fsync,fdatasync', 'EIO'],
    ['rename,renameat,renameat2', 'ENOSPC'],
  ])('that is refused %s with %s ends in 11 and leaves the old baseline', async (refused, error) => {
    await test(['--update']);
    const before = baseline();
    describeProject({ samples: 19 });
    const under = inject(refused, `error=${error}`, 1);
    const { code, stdout, stderr } = await test(['--update'], { under, env });
    expect([code, stdout, stderr]).toEqual([11, expect.stringMatching(`^error .*\n.*OUTPUT_FAILED: .*${error}`), '']);
    expect(baseline()).toBe(before);
    expect(readdirSync(at('baselines/esp32'))).toEqual(['shapes.json']);
  });
});
