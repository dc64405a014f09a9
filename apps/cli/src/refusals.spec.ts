// What the command refuses, by exit code, error code and words, in a folder with awful files.
import { mkdirSync, readdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runDeploy, temporaryFolder } from './testing/built-command.js';
import { demoFiles, type DemoFiles } from './testing/demo-files.js';

let demo: DemoFiles;
let folder: ReturnType<typeof temporaryFolder>;
const at = (name: string): string => join(folder.path, name);

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

describe('refusals', () => {
  /** Arguments, the exit code, the error code, and what the text must say. Run in a folder with awful files. */
  const cases: readonly (readonly [
    name: string,
    args: (demo: DemoFiles) => readonly string[],
    exitCode: number,
    code: string,
    says: RegExp,
  ])[] = [
    [
      'nothing',
      () => [],
      2,
      'REQUEST_INCOMPLETE',
      /a model, a device profile, calibration data and an output folder are missing/,
    ],
    ['a model that is not there, and nothing else', () => ['modle.h5'], 2, 'MODEL_UNREADABLE', /there is no such file/],
    [
      'no calibration data',
      ({ model }) => ['-p', 'esp32', model, '-o', 'out'],
      2,
      'DATA_NONE_GIVEN',
      /npy:samples\.npy/,
    ],
    ['a misspelt option', () => ['--profil', 'esp32'], 2, 'ARGUMENTS_INVALID', /did you mean --profile/],
    ['an option without its value', () => ['--out', '--json'], 2, 'ARGUMENTS_INVALID', /--out lacks its value/],
    ['a misspelt command', () => ['inspct', 'm.h5'], 2, 'ARGUMENTS_INVALID', /deploy inspect/],
    ['a misspelt command alone', () => ['profils'], 2, 'ARGUMENTS_INVALID', /deploy profiles/],
    ['a wrong choice', () => ['--method', 'foo', 'm.h5'], 2, 'ARGUMENTS_INVALID', /moving-average/],
    ['an option of another command', () => ['--engine', 'wasm', 'doctor'], 2, 'ARGUMENTS_INVALID', /deploy doctor/],
    ['no argument', () => ['inspect'], 2, 'ARGUMENTS_INVALID', /'model'/],
    [
      'a wrong profile',
      ({ model, calibration }) => ['-p', 'esp23', model, '-c', calibration, '-o', 'out'],
      2,
      'PROFILE_UNKNOWN',
      /did you mean "esp32"/,
    ],
    ['an unknown error code', () => ['explain', 'DATA_SHAP'], 2, 'CODE_UNKNOWN', /DATA_SHAPE/],
    ['no such model', () => ['inspect', 'nope.h5'], 2, 'MODEL_UNREADABLE', /no such file/],
    ['a folder', () => ['inspect', 'folder.h5'], 2, 'MODEL_UNREADABLE', /it is a folder/],
    ['an empty file', () => ['inspect', 'empty.h5'], 3, 'IMPORT_UNKNOWN_FORMAT', /the file is empty/],
    ['garbage', () => ['inspect', 'garbage.tflite'], 3, 'IMPORT_UNKNOWN_FORMAT', /garbage\.tflite/],
    ['a truncated model', () => ['inspect', 'truncated.h5'], 3, 'HDF5_TRUNCATED', /truncated\.h5/],
    ['a huge file', () => ['inspect', 'huge.h5'], 2, 'MODEL_UNREADABLE', /3221225472 bytes/],
    ['missing data', ({ model }) => ['plan', '-p', 'esp32', model, '-c', 'nope.npy'], 2, 'DATA_NOT_FOUND', /nope\.npy/],
    [
      'data of another shape',
      ({ model }) => ['plan', '-p', 'esp32', model, '-c', 'shape.csv'],
      2,
      'DATA_SHAPE',
      /16x16x1/,
    ],
    [
      'a wrong symbol',
      ({ model, calibration }) => ['plan', '-p', 'esp32', model, '-c', calibration, '--symbol', '1x'],
      2,
      'EXPORT_SYMBOL',
      /g_model_1x/,
    ],
    [
      'a layout of another maker',
      ({ model, calibration }) => ['plan', '-p', 'esp32', model, '-c', calibration, '--layout', 'pico-sdk'],
      2,
      'LAYOUT_WHERE',
      /--layout esp-idf or /,
    ],
    [
      'an array of a model that becomes C',
      ({ model, calibration }) => [
        ...['plan', '-p', 'esp32', '--runtime', 'compiled-c', model, '-c', calibration],
        ...['--array-format', 'string'],
      ],
      2,
      'SETTING_UNUSED',
      /leave --array-format away/,
    ],
    [
      'an array of a model that is taken as a file',
      ({ model, calibration }) => ['plan', '-p', 'android-cpu', model, '-c', calibration, '--array-format', 'hex'],
      2,
      'SETTING_UNUSED',
      /android-cpu takes the .tflite/,
    ],
    [
      'a licence in words',
      ({ model, calibration }) => ['plan', '-p', 'esp32', model, '-c', calibration, '--license', 'MIT License'],
      2,
      'ARGUMENTS_INVALID',
      /as SPDX writes it/,
    ],
    [
      'too few labels',
      ({ model, calibration }) => ['plan', '-p', 'esp32', model, '-c', calibration, '--labels', 'a,b'],
      2,
      'LABELS_COUNT',
      /2 labels are given for 8 classes/,
    ],
    [
      'an output folder for a plan',
      ({ model }) => ['plan', '-p', 'esp32', model, '-o', 'x'],
      2,
      'ARGUMENTS_INVALID',
      /-o is an option of the main job[^]*leave it away, or the word plan/,
    ],
    [
      'the same, in front of the word',
      ({ model }) => ['--out=x', 'plan', '-p', 'esp32', model],
      2,
      'ARGUMENTS_INVALID',
      /--out is an option of the main job/,
    ],
    [
      'samples of no number',
      ({ model }) => ['plan', '-p', 'esp32', model, '--samples', 'many'],
      2,
      'ARGUMENTS_INVALID',
      /--samples is "many"/,
    ],
    [
      'no samples',
      ({ model }) => ['plan', '-p', 'esp32', model, '--samples', '0'],
      2,
      'ARGUMENTS_INVALID',
      /whole number above 0/,
    ],
    [
      'a percentile of 10',
      ({ model }) => ['plan', '-p', 'esp32', model, '--percentile', '10'],
      2,
      'ARGUMENTS_INVALID',
      /above 50/,
    ],
    [
      'an unknown key in the configuration',
      ({ model }) => ['plan', model, '--config', 'typo.json'],
      2,
      'CONFIG_INVALID',
      /did you mean "profile"/,
    ],
    [
      'a missing configuration',
      ({ model }) => ['plan', model, '--config', 'nope.json'],
      2,
      'CONFIG_UNREADABLE',
      /no such file/,
    ],
    ['a folder as configuration', () => ['plan', '--config', 'folder.h5'], 2, 'CONFIG_UNREADABLE', /it is a folder/],
    ['a comma too much', () => ['plan', '--config', 'comma.json'], 2, 'CONFIG_JSON', /comma\.json, line 1, column 19/],
    ['help for a command that is none', () => ['help', 'nonsense'], 2, 'ARGUMENTS_INVALID', /there is no such command/],
    ['two words', () => ['my', 'model.h5'], 2, 'ARGUMENTS_INVALID', /quotes around a path with spaces/],
    ['the main job by a word', () => ['quantise', 'm.h5'], 2, 'ARGUMENTS_INVALID', /`deploy m\.h5 --profile/],
    [
      'a word that means nothing here',
      () => ['zzz'],
      2,
      'ARGUMENTS_INVALID',
      /plan, train, inspect,\s+diff, evaluate, measure, agent, test, lab, explain-accuracy,\s+profiles/,
    ],
    [
      'a percentile of no use',
      ({ model, calibration }) => ['plan', '-p', 'esp32', model, '-c', calibration, '--percentile', '99'],
      2,
      'SETTING_UNUSED',
      /leave the percentile away, or give --method percentile/,
    ],
    [
      'labels twice',
      ({ model }) => ['plan', '-p', 'esp32', model, '--labels', 'a,b,a'],
      2,
      'ARGUMENTS_INVALID',
      /each once/,
    ],
    [
      'one label',
      ({ model, calibration }) => ['plan', '-p', 'esp32', model, '-c', calibration, '--labels', 'a'],
      2,
      'LABELS_COUNT',
      /1 label is given for 8 classes/,
    ],
    [
      'workers for an engine that has none',
      ({ model, calibration }) => [
        'plan',
        '-p',
        'esp32',
        model,
        '-c',
        calibration,
        '--engine',
        'reference',
        '--workers',
        '2',
      ],
      2,
      'SETTING_UNUSED',
      /leave --workers away, or take --engine wasm/,
    ],
    [
      'wrong preprocessing',
      ({ model }) => ['plan', '-p', 'esp32', model, '--preprocess', 'divideby=2'],
      2,
      'PREPROCESSING',
      /divideBy/,
    ],
    [
      'a linked output folder',
      ({ model, calibration }) => ['-p', 'esp32', model, '-c', calibration, '-o', 'link'],
      2,
      'OUTPUT_NOT_OURS',
      /symbolic link/,
    ],
    [
      'the current folder',
      ({ model, calibration }) => ['-p', 'esp32', model, '-c', calibration, '-o', '.'],
      2,
      'OUTPUT_NOT_OURS',
      /current folder/,
    ],
    [
      'an output path through a file',
      ({ model, calibration }) => ['-p', 'esp32', model, '-c', calibration, '-o', 'empty.h5/out'],
      11,
      'OUTPUT_FAILED',
      /a file stands in its path/,
    ],
  ];

  beforeEach(() => {
    mkdirSync(at('folder.h5'));
    writeFileSync(at('empty.h5'), '');
    writeFileSync(at('garbage.tflite'), Buffer.from('\u0089PNG\r\n\u001a\n and more', 'latin1'));
    writeFileSync(at('truncated.h5'), readFileSync(demo.model).subarray(0, 5000));
    writeFileSync(at('huge.h5'), '');
    truncateSync(at('huge.h5'), 3 * 2 ** 30);
    writeFileSync(at('shape.csv'), '1,2,3\n4,5,6\n');
    writeFileSync(at('comma.json'), '{ "profile": "a", }\n');
    writeFileSync(at('typo.json'), '{ "profil": "esp32" }');
    symlinkSync(at('folder.h5'), at('link'));
  });

  it.each(cases)('%s', async (_, args, exitCode, code, says) => {
    const before = readdirSync(folder.path);
    const { code: status, stdout, stderr } = await runDeploy([...args(demo), '--json'], { cwd: folder.path });
    expect([stderr, status]).toEqual([expect.stringMatching(says), exitCode]);
    const document = JSON.parse(stdout) as FailureDocument;
    expect(document).toMatchObject({
      schemaVersion: 1,
      ok: false,
      exitCode,
      error: { code: expect.stringContaining(code) as string },
    });
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
