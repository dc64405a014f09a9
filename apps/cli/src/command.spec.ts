// What the command promises to people and programs: exit codes, streams, documents, suggestions.
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runDeploy, temporaryFolder } from './testing/built-command.js';
import { demoFiles, type DemoFiles } from './testing/demo-files.js';

const outputs = ['model.tflite', 'model_data.cc', 'model_data.h', 'model_io.h', 'model_ops.h', 'model_settings.h', 'report.json'];
/** One method and no search: what is tested here is not the choice. */
const quick = ['--method', 'min-max', '--no-bias-correction', '--samples', '20'];

let demo: DemoFiles;
let folder: ReturnType<typeof temporaryFolder>;
const at = (name: string): string => join(folder.path, name);
const job = (...more: readonly string[]): string[] => ['-p', 'esp32', demo.model, '-c', demo.calibration, ...quick, ...more];

beforeAll(async () => {
  demo = await demoFiles();
}, 120_000);
beforeEach(() => (folder = temporaryFolder()));
afterEach(() => folder.remove());

interface FailureDocument {
  readonly schemaVersion: number;
  readonly ok: boolean;
  readonly exitCode: number;
  readonly error: { readonly code: string; readonly what: string; readonly where?: string; readonly next: string };
}

describe('the main job', () => {
  it('writes the output set and the report, progress apart', async () => {
    const { code, stdout, stderr } = await runDeploy(job('-o', at('out'), '-e', demo.evaluation, '--labels', demo.labels));
    expect([code, stderr]).toEqual([0, 'calibrate ...\nquantize ...\ncompare with float ...\n']);
    expect(readdirSync(at('out')).sort()).toEqual(outputs);
    expect(readdirSync(folder.path)).toEqual(['out']);
    expect(stdout).toMatch(/^model {8}shapes\.h5 /);
    expect(stdout).toMatch(/top-1 float \d+\.\d %, int8 \d+\.\d % of 20 labelled/);
    expect(stdout).not.toContain('\u001b');
    const longest = Math.max(...stdout.split('\n').map((line) => line.length));
    expect(longest).toBeLessThanOrEqual(120);
    expect(readFileSync(at('out/model_settings.h'), 'utf8')).toContain('G_MODEL_ARENA_BYTES');
  });

  it('prints one document with --json, the same as report.json but for the report itself', async () => {
    const { code, stdout, stderr } = await runDeploy(job('-o', at('out'), '--json'));
    expect(code).toBe(0);
    const document = JSON.parse(stdout) as { readonly schemaVersion: number; readonly ok: boolean; readonly files: readonly { readonly name: string }[] };
    const written = JSON.parse(readFileSync(at('out/report.json'), 'utf8')) as typeof document;
    expect(document).toMatchObject({ schemaVersion: 1, ok: true });
    expect({ ...document, files: document.files.filter(({ name }) => name !== 'report.json') }).toEqual(written);
    const events = stderr.trim().split('\n').map((line) => JSON.parse(line) as { readonly event: string; readonly stage: string });
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

  it.each(['x=1; int evil=2; unsigned char y.h5', 'mit Leerzeichen é モデル.h5'])('takes a model called %j', async (name) => {
    writeFileSync(at(name), readFileSync(demo.model));
    const { code, stdout } = await runDeploy(['-p', 'esp32', at(name), '-c', demo.calibration, ...quick, '-o', at('out')]);
    expect([code, stdout.split('\n')[0]]).toEqual([0, expect.stringContaining(name)]);
    expect(readFileSync(at('out/model_data.h'), 'utf8')).toContain('extern const unsigned char g_model[];');
  });

  it('dumps every stage on demand', async () => {
    expect((await runDeploy(job('-o', at('out'), '--dump', at('dump')))).code).toBe(0);
    expect(readdirSync(at('dump')).map((name) => name[0]).join('')).toBe('1234567');
  });

  it('plans without writing', async () => {
    const { code, stdout } = await runDeploy(['plan', ...job()], { cwd: folder.path });
    expect([code, stdout.endsWith('nothing was written: this is a plan\n')]).toEqual([0, true]);
    expect(readdirSync(folder.path)).toEqual([]);
  });

  it('reads deploy.config.json, and the command line over it', async () => {
    const config = { model: demo.model, profile: 'stm32f4', calibration: demo.calibration, samples: 20, method: 'min-max', biasCorrection: false, preprocessing: { divideBy: 2 }, out: 'out' };
    writeFileSync(at('deploy.config.json'), JSON.stringify(config));
    const { code, stdout } = await runDeploy(['--profile', 'rp2040', '--json'], { cwd: folder.path });
    expect([code, existsSync(at('out/model.tflite'))]).toEqual([0, true]);
    expect(JSON.parse(stdout)).toMatchObject({ profile: { id: 'rp2040' }, calibration: { preprocessing: { divideBy: 2 }, samples: 20 } });
  });
});

describe('refusals', () => {
  /** Arguments, the exit code, the error code, and what the text must say. Run in a folder with awful files. */
  const cases: readonly (readonly [name: string, args: (demo: DemoFiles) => readonly string[], exitCode: number, code: string, says: RegExp])[] = [
    ['nothing', () => [], 2, 'REQUEST_INCOMPLETE', /a model, a device profile and an output folder are missing/],
    ['no calibration data', ({ model }) => ['-p', 'esp32', model, '-o', 'out'], 2, 'DATA_NONE_GIVEN', /npy:samples\.npy/],
    ['a misspelt option', () => ['--profil', 'esp32'], 2, 'ARGUMENTS_INVALID', /did you mean --profile/],
    ['an option without its value', () => ['--out', '--json'], 2, 'ARGUMENTS_INVALID', /--out lacks its value/],
    ['a misspelt command', () => ['inspct', 'm.h5'], 2, 'ARGUMENTS_INVALID', /deploy inspect/],
    ['a misspelt command alone', () => ['profils'], 2, 'ARGUMENTS_INVALID', /deploy profiles/],
    ['a wrong choice', () => ['--method', 'foo', 'm.h5'], 2, 'ARGUMENTS_INVALID', /moving-average/],
    ['an option of another command', () => ['--engine', 'wasm', 'doctor'], 2, 'ARGUMENTS_INVALID', /deploy doctor/],
    ['no argument', () => ['inspect'], 2, 'ARGUMENTS_INVALID', /'model'/],
    ['a wrong profile', ({ model, calibration }) => ['-p', 'esp23', model, '-c', calibration, '-o', 'out'], 2, 'PROFILE_UNKNOWN', /did you mean "esp32"/],
    ['an unknown error code', () => ['explain', 'DATA_SHAP'], 2, 'CODE_UNKNOWN', /DATA_SHAPE/],
    ['no such model', () => ['inspect', 'nope.h5'], 2, 'MODEL_UNREADABLE', /no such file/],
    ['a folder', () => ['inspect', 'folder.h5'], 2, 'MODEL_UNREADABLE', /it is a folder/],
    ['an empty file', () => ['inspect', 'empty.h5'], 3, 'IMPORT_UNKNOWN_FORMAT', /0 bytes/],
    ['garbage', () => ['inspect', 'garbage.tflite'], 3, 'IMPORT_UNKNOWN_FORMAT', /garbage\.tflite/],
    ['a truncated model', () => ['inspect', 'truncated.h5'], 3, 'HDF5_TRUNCATED', /truncated\.h5/],
    ['a huge file', () => ['inspect', 'huge.h5'], 2, 'MODEL_UNREADABLE', /3221225472 bytes/],
    ['missing data', ({ model }) => ['plan', '-p', 'esp32', model, '-c', 'nope.npy'], 2, 'DATA_NOT_FOUND', /nope\.npy/],
    ['data of another shape', ({ model }) => ['plan', '-p', 'esp32', model, '-c', 'shape.csv'], 2, 'DATA_SHAPE', /16x16x1/],
    ['a wrong symbol', ({ model, calibration }) => ['plan', '-p', 'esp32', model, '-c', calibration, '--symbol', '1x'], 2, 'EXPORT_SYMBOL', /g_model_1x/],
    ['too few labels', ({ model, calibration }) => ['plan', '-p', 'esp32', model, '-c', calibration, '--labels', 'a,b'], 2, 'LABELS_COUNT', /2 labels are given for 8 classes/],
    ['samples of no number', ({ model }) => ['plan', '-p', 'esp32', model, '--samples', 'many'], 2, 'CONFIG_INVALID', /samples is not a number/],
    ['no samples', ({ model }) => ['plan', '-p', 'esp32', model, '--samples', '0'], 2, 'CONFIG_INVALID', /whole number above 0/],
    ['a percentile of 10', ({ model }) => ['plan', '-p', 'esp32', model, '--percentile', '10'], 2, 'CONFIG_INVALID', /above 50/],
    ['an unknown key in the configuration', ({ model }) => ['plan', model, '--config', 'typo.json'], 2, 'CONFIG_INVALID', /did you mean "profile"/],
    ['a missing configuration', ({ model }) => ['plan', model, '--config', 'nope.json'], 2, 'CONFIG_INVALID', /ENOENT/],
    ['wrong preprocessing', ({ model }) => ['plan', '-p', 'esp32', model, '--preprocess', 'divideby=2'], 2, 'PREPROCESSING', /divideBy/],
    ['a linked output folder', ({ model, calibration }) => ['-p', 'esp32', model, '-c', calibration, '-o', 'link'], 2, 'OUTPUT_NOT_OURS', /symbolic link/],
    ['the current folder', ({ model, calibration }) => ['-p', 'esp32', model, '-c', calibration, '-o', '.'], 2, 'OUTPUT_NOT_OURS', /current folder/],
    ['an output path through a file', ({ model, calibration }) => ['-p', 'esp32', model, '-c', calibration, '-o', 'empty.h5/out'], 11, 'OUTPUT_FAILED', /a file stands in its path/],
  ];

  beforeEach(() => {
    mkdirSync(at('folder.h5'));
    writeFileSync(at('empty.h5'), '');
    writeFileSync(at('garbage.tflite'), Buffer.from('\u0089PNG\r\n\u001a\n and more', 'latin1'));
    writeFileSync(at('truncated.h5'), readFileSync(demo.model).subarray(0, 5000));
    writeFileSync(at('huge.h5'), '');
    truncateSync(at('huge.h5'), 3 * 2 ** 30);
    writeFileSync(at('shape.csv'), '1,2,3\n4,5,6\n');
    writeFileSync(at('typo.json'), '{ "profil": "esp32" }');
    symlinkSync(at('folder.h5'), at('link'));
  });

  it.each(cases)('%s', async (_, args, exitCode, code, says) => {
    const before = readdirSync(folder.path);
    const { code: status, stdout, stderr } = await runDeploy([...args(demo), '--json'], { cwd: folder.path });
    expect([stderr, status]).toEqual([expect.stringMatching(says), exitCode]);
    const document = JSON.parse(stdout) as FailureDocument;
    expect(document).toMatchObject({ schemaVersion: 1, ok: false, exitCode, error: { code: expect.stringContaining(code) as string } });
    expect(document.error.next).not.toBe('');
    expect(stderr).toContain(`deploy explain ${document.error.code}`);
    expect(stderr).not.toMatch(/^\s+at .*\.js:\d/m);
    expect(readdirSync(folder.path)).toEqual(before);
  });

  it('go to stderr alone without --json', async () => {
    const { code, stdout, stderr } = await runDeploy(['--bad']);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^ARGUMENTS_INVALID: unknown option '--bad'\n {2}at {4}the command line\n {2}next {2}/);
  });
});

describe('the commands around it', () => {
  it.each([[], ['plan'], ['inspect'], ['profiles'], ['explain'], ['doctor']])('%s --help', async (...words) => {
    const { code, stdout, stderr } = await runDeploy([...words, '--help']);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^Usage: deploy/);
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120);
  });

  it('shows the options of the main job in the first help', async () => {
    const { stdout } = await runDeploy(['--help']);
    for (const option of ['--profile', '--calibration', '--out', '--json', '--evaluation', '--dump']) expect(stdout).toContain(option);
  });

  it.each([['profiles'], ['profiles', 'pico'], ['explain'], ['explain', 'data_shape'], ['doctor']])('%s %s answers in one document', async (...words) => {
    const { code, stdout, stderr } = await runDeploy([...words, '--json']);
    expect([code, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toMatchObject({ schemaVersion: 1, ok: true });
  });

  it('inspects the model and the output of a run', async () => {
    const source = await runDeploy(['inspect', '--json', demo.model]);
    expect(JSON.parse(source.stdout)).toMatchObject({ schemaVersion: 1, ok: true, inputs: [{ shape: [1, 16, 16, 1], dtype: 'float32' }] });
    await runDeploy(job('-o', at('out')));
    const made = await runDeploy(['inspect', '--json', at('out/model.tflite')]);
    expect(JSON.parse(made.stdout)).toMatchObject({ inputs: [{ shape: [1, 16, 16, 1], dtype: 'int8' }] });
  });

  it('takes an option of the main job in front of a command', async () => {
    expect(JSON.parse((await runDeploy(['--json', 'profiles'])).stdout)).toMatchObject({ ok: true });
  });
});
