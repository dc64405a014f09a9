// What the command promises to people and programs: exit codes, streams, documents, suggestions.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runDeploy, temporaryFolder } from './testing/built-command.js';
import { demoFiles, type DemoFiles } from './testing/demo-files.js';

const outputs = [
  'model.tflite',
  'model_data.cc',
  'model_data.h',
  'model_io.h',
  'model_ops.h',
  'model_selftest.h',
  'model_settings.h',
  'report.json',
];
/** One method and no search: what is tested here is not the choice. */
const quick = [
  ...['--method', 'min-max', '--no-bias-correction', '--rounding', 'nearest', '--no-weight-clipping'],
  ...['--samples', '20'],
];

let demo: DemoFiles;
let folder: ReturnType<typeof temporaryFolder>;
const at = (name: string): string => join(folder.path, name);
const job = (...more: readonly string[]): string[] => [
  '-p',
  'esp32',
  demo.model,
  '-c',
  demo.calibration,
  ...quick,
  ...more,
];

beforeAll(async () => {
  demo = await demoFiles();
}, 120_000);
beforeEach(() => (folder = temporaryFolder()));
afterEach(() => folder.remove());

describe('the main job', () => {
  it('writes the output set and the report, progress apart', async () => {
    const { code, stdout, stderr } = await runDeploy(
      job('-o', at('out'), '-e', demo.evaluation, '--labels', demo.labels),
    );
    expect([code, stderr]).toEqual([0, 'calibrate ...\nquantize ...\ncompare with float ...\n']);
    expect(readdirSync(at('out')).sort()).toEqual(outputs);
    expect(readdirSync(folder.path)).toEqual(['out']);
    expect(stdout).toMatch(/^model {8}shapes\.h5 /);
    expect(stdout).toMatch(/top-1 float \d+\.\d % \(.*\), int8 \d+\.\d % \(.*\) of 20 labelled/);
    expect(stdout).not.toContain('\u001b');
    const longest = Math.max(...stdout.split('\n').map((line) => line.length));
    expect(longest).toBeLessThanOrEqual(120);
    expect(readFileSync(at('out/model_settings.h'), 'utf8')).toContain('G_MODEL_ARENA_BYTES');
  });

  it('prints one document with --json, the same as report.json but for the report itself', async () => {
    const { code, stdout, stderr } = await runDeploy(job('-o', at('out'), '--json'));
    expect(code).toBe(0);
    const document = JSON.parse(stdout) as {
      readonly schemaVersion: number;
      readonly ok: boolean;
      readonly files: readonly { readonly name: string }[];
    };
    const { seal, ...written } = JSON.parse(readFileSync(at('out/report.json'), 'utf8')) as { readonly seal: string };
    expect(seal).toMatch(/^[0-9a-f]{64}$/);
    expect(document).toMatchObject({ schemaVersion: 1, ok: true });
    expect({ ...document, files: document.files.filter(({ name }) => name !== 'report.json') }).toEqual(written);
    const events = stderr
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { readonly event: string; readonly stage: string });
    expect(events.map(({ event, stage }) => `${event} ${stage}`)).toContain('end calibrate');
  });

  it('is silent on stderr with --quiet', async () => {
    expect((await runDeploy(job('-o', at('out'), '-q'))).stderr).toBe('');
  });

  it('replaces its own older output and nothing else', async () => {
    await runDeploy(job('-o', at('out')));
    const second = await runDeploy(job('-o', at('out'), '--symbol', 'other'));
    expect(second.code).toBe(0);
    expect(readFileSync(at('out/model_data.h'), 'utf8')).toContain('OTHER_LEN');
    writeFileSync(at('out/notes.txt'), 'mine');
    const { code, stderr } = await runDeploy(job('-o', at('out')));
    expect([code, stderr]).toEqual([2, expect.stringContaining('OUTPUT_NOT_OURS: "notes.txt"')]);
    expect(readdirSync(at('out')).sort()).toEqual([...outputs, 'notes.txt'].sort());
  });

  it('takes float inputs and outputs', async () => {
    const { code } = await runDeploy(job('-o', at('out'), '--input-type', 'float32', '--output-type', 'float32'));
    expect(code).toBe(0);
    expect(readFileSync(at('out/model_settings.h'), 'utf8').match(/DTYPE "float32"/g)).toHaveLength(2);
  });

  it.each(['x=1; int evil=2; unsigned char y.h5', 'mit Leerzeichen é モデル.h5'])(
    'takes a model called %j',
    async (name) => {
      writeFileSync(at(name), readFileSync(demo.model));
      const { code, stdout } = await runDeploy([
        '-p',
        'esp32',
        at(name),
        '-c',
        demo.calibration,
        ...quick,
        '-o',
        at('out'),
      ]);
      expect([code, stdout.split('\n')[0]]).toEqual([0, expect.stringContaining(name)]);
      expect(readFileSync(at('out/model_data.h'), 'utf8')).toContain('extern const unsigned char g_model[];');
    },
  );

  it('dumps every stage on demand', async () => {
    expect((await runDeploy(job('-o', at('out'), '--dump', at('dump')))).code).toBe(0);
    expect(
      readdirSync(at('dump'))
        .map((name) => name[0])
        .join(''),
    ).toBe('1234567f');
  });

  it('plans without writing', async () => {
    const { code, stdout } = await runDeploy(['plan', ...job()], { cwd: folder.path });
    expect([code, stdout.endsWith('nothing was written: this is a plan\n')]).toEqual([0, true]);
    expect(readdirSync(folder.path)).toEqual([]);
  });

  it('reads deploy.config.json, and the command line over it', async () => {
    const config = {
      model: demo.model,
      profile: 'stm32f4',
      calibration: demo.calibration,
      samples: 20,
      method: 'min-max',
      biasCorrection: false,
      preprocessing: { divideBy: 2 },
      out: 'out',
    };
    writeFileSync(at('deploy.config.json'), JSON.stringify(config));
    const { code, stdout } = await runDeploy(['--profile', 'rp2040', '--json'], { cwd: folder.path });
    expect([code, existsSync(at('out/model.tflite'))]).toEqual([0, true]);
    expect(JSON.parse(stdout)).toMatchObject({
      profile: { id: 'rp2040' },
      calibration: { preprocessing: { divideBy: 2 }, samples: 20 },
    });
  });
});

describe('the commands around it', () => {
  it.each([[], ['plan'], ['inspect'], ['diff'], ['profiles'], ['explain'], ['doctor']])(
    '%s --help',
    async (...words) => {
      const { code, stdout, stderr } = await runDeploy([...words, '--help']);
      expect([code, stderr]).toEqual([0, '']);
      expect(stdout).toMatch(/^Usage: deploy/);
      expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120);
    },
  );

  it('has a help command, of its own and of the others', async () => {
    for (const words of [['help'], ['help', 'plan']]) {
      const { code, stdout, stderr } = await runDeploy(words);
      expect([code, stderr]).toEqual([0, '']);
      expect(stdout).toBe((await runDeploy([...words.slice(1), '--help'])).stdout);
    }
  });

  it('shows the options of the main job in the first help', async () => {
    const { stdout } = await runDeploy(['--help']);
    for (const option of ['--profile', '--calibration', '--out', '--json', '--evaluation', '--dump'])
      expect(stdout).toContain(option);
  });

  it.each([['profiles'], ['profiles', 'pico'], ['explain'], ['explain', 'data_shape'], ['doctor']])(
    '%s %s answers in one document',
    async (...words) => {
      const { code, stdout, stderr } = await runDeploy([...words, '--json']);
      expect([code, stderr]).toEqual([0, '']);
      expect(JSON.parse(stdout)).toMatchObject({ schemaVersion: 1, ok: true });
    },
  );

  it('says of a profile what is written and which schemes are taken in which order, and then all of it', async () => {
    const shown = async (id: string): Promise<string> => (await runDeploy(['profiles', id])).stdout;
    expect(await shown('pi5')).toMatch(
      /^layout {4}file: the \.tflite and an example \(cpp-cpu\)\n.*\nschemes {3}int8, with a loss of at most 2 points of accuracy\n {5}then dynamic-range, with .*\n {5}then float32, with a loss of at most 2 points of accuracy\n\n\{\n {2}"id": "raspberry-pi-5",/,
    );
    expect(await shown('esp32')).toMatch(/^layout {4}firmware: the \.tflite and C files/);
    expect(await shown('uno')).toMatch(/^refused {3}.*--profile rp2040.*\n\n\{/);
  });

  it('inspects the model and the output of a run', async () => {
    const source = await runDeploy(['inspect', '--json', demo.model]);
    expect(JSON.parse(source.stdout)).toMatchObject({
      schemaVersion: 1,
      ok: true,
      inputs: [{ shape: [1, 16, 16, 1], dtype: 'float32' }],
    });
    await runDeploy(job('-o', at('out')));
    const made = await runDeploy(['inspect', '--json', at('out/model.tflite')]);
    expect(JSON.parse(made.stdout)).toMatchObject({ inputs: [{ shape: [1, 16, 16, 1], dtype: 'int8' }] });
  });

  it('takes an option of the main job in front of a command', async () => {
    expect(JSON.parse((await runDeploy(['--json', 'profiles'])).stdout)).toMatchObject({ ok: true });
  });
});
