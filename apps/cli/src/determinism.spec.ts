// The same inputs give the same bytes, wherever and whenever the command runs.
import { createHash } from 'node:crypto';
import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { runDeploy, temporaryFolder, type RunOptions } from './testing/built-command.js';
import { describeShared, sharedPath } from '@wherry/testing';
import { demoFiles } from './testing/demo-files.js';

let folder: ReturnType<typeof temporaryFolder>;
const at = (name: string): string => join(folder.path, name);
beforeEach(() => (folder = temporaryFolder()));
afterEach(() => folder.remove());

function hashes(directory: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    readdirSync(directory)
      .sort()
      .map((name) => [
        name,
        createHash('sha256')
          .update(readFileSync(join(directory, name)))
          .digest('hex'),
      ]),
  );
}

/** The surroundings that must not matter. The copies lie elsewhere under the same names. */
const surroundings: readonly (readonly [name: string, options: RunOptions, more?: readonly string[]])[] = [
  ['Turkish', { env: { LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8' } }],
  ['German', { env: { LC_ALL: 'de_DE.UTF-8', LANG: 'de_DE.UTF-8' } }],
  ['another time zone', { env: { TZ: 'Pacific/Kiritimati' } }],
  ['one thread', { env: { UV_THREADPOOL_SIZE: '1' } }],
  [
    'other variables',
    { env: { A_FIRST: '1', ZZ_LAST: '2', COLUMNS: '40', FORCE_COLOR: '1', HOME: '/nowhere', USER: 'another' } },
  ],
  ['no worker', {}, ['--workers', '0']],
  ['one worker', {}, ['--workers', '1']],
  ['two workers', {}, ['--workers', '2']],
];

async function compare(
  files: { readonly model: string; readonly calibration: string; readonly evaluation?: string },
  format: string,
  more: readonly string[],
): Promise<void> {
  const run = async (
    out: string,
    place: (path: string) => string,
    options: RunOptions,
    workers: readonly string[] = [],
  ): Promise<Readonly<Record<string, string>>> => {
    const evaluation = files.evaluation === undefined ? [] : ['-e', place(files.evaluation)];
    const { code, stderr } = await runDeploy(
      [
        '-p',
        'esp32',
        place(files.model),
        '-c',
        `${format}${place(files.calibration)}`,
        ...evaluation,
        ...more,
        ...workers,
        '-q',
        '-o',
        at(out),
      ],
      options,
    );
    expect([code, stderr]).toEqual([0, '']);
    return hashes(at(out));
  };
  const expected = await run('first', (path) => path, {});
  expect(Object.keys(expected)).toHaveLength(8);
  for (const path of Object.values(files)) cpSync(path, at(basename(path)));
  for (const [name, options, workers] of surroundings) {
    expect([name, await run(`out ${name}`, basename, { ...options, cwd: folder.path }, workers)]).toEqual([
      name,
      expected,
    ]);
  }
}

it('whatever the locale, the time zone, the folder and the environment', async () => {
  const { labels, ...files } = await demoFiles();
  await compare(files, '', ['--labels', labels]);
}, 180_000);

describeShared('the shared ResNet', () => {
  it('comes out the same as well', async () => {
    const files = {
      model: sharedPath('models', 'mlperf-tiny', 'ic01', 'pretrainedResnet.h5'),
      calibration: sharedPath('data', 'cifar10', 'dev_calib300_train.bin'),
    };
    await compare(files, 'cifar10:', ['--samples', '40', '--method', 'mse']);
  }, 180_000);
});
