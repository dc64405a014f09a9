// A workspace of Nx in a folder of its own, with git, the plugin as it is built and two small models on three devices.
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const repository = fileURLToPath(new URL('../../../../', import.meta.url));

for (const built of ['apps/cli/bundle/deploy.mjs', 'packages/nx-plugin/dist/index.js'])
  if (!existsSync(join(repository, built)))
    throw new Error(
      `these tests run what is built, and ${built} is not there: npm run build first, and after every change`,
    );

/** What is quick to decide. */
const quick = {
  method: 'min-max',
  biasCorrection: false,
  equalization: false,
  rounding: 'nearest',
  weightClipping: false,
};

/** On profiles of the workspace, one extending another, and on one of the tool. */
export const project = {
  models: {
    digits: { model: 'digits.tflite', calibration: 'samples.csv?label=8&header=no' },
    sounds: { model: 'sounds.tflite', calibration: 'samples.csv?label=8&header=no', profiles: ['board-b'] },
  },
  profiles: ['board-a', 'board-b', 'rp2040'],
  ...quick,
};

/** As a user writes it. */
export function device(id: string, base: string, more: object = {}): object {
  return { extends: base, id, name: id, chip: 'a chip', ...more };
}

/** Dense layers of eight inputs and four outputs; in a process of its own, as the packages are built for that. */
const makeModels = `
  import { writeFileSync } from 'node:fs';
  import { GraphBuilder } from '@wherry/graph';
  import { encode, graphToModel } from '@wherry/tflite-writer';
  for (const [at, path] of process.argv.slice(1).entries()) {
    const builder = new GraphBuilder('small');
    const constant = (name, shape) => builder.constant(name, shape, Float32Array.from(
      { length: shape.reduce((product, each) => product * each) }, (_, i) => Math.sin(i * (at + 2)) / 2), 'float32');
    const inputs = [builder.input('x', [1, 8]), constant('w', [4, 8]), constant('b', [4])];
    const y = builder.add('FULLY_CONNECTED', inputs, { activation: 'NONE' }, { origin: 'dense' });
    writeFileSync(path, encode(graphToModel(builder.finish([y]))));
  }`;

export interface Workspace {
  readonly root: string;
  readonly path: (name: string) => string;
  readonly write: (name: string, value: unknown) => void;
  read(name: string): string;
  commit(): void;
  /** The exit code, and what was printed on both streams. */
  nx(...words: readonly string[]): { readonly code: number | null; readonly text: string };
  /** The tasks of pairs that `nx` ran with these words, and those that the cache answered. Throws where it failed. */
  tasks(...words: readonly string[]): { readonly ran: readonly string[]; readonly kept: readonly string[] };
  /** The built command in a folder of the workspace. Throws where it failed. */
  deploy(folder: string, ...words: readonly string[]): void;
  remove(): void;
}

/** `environment` is seen by whatever is run in it. */
export function makeWorkspace(
  options: object = { profiles: 'devices' },
  environment: Readonly<Record<string, string>> = {},
): Workspace {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'wherry-nx-')));
  const path = (name: string): string => join(root, name);
  const write = (name: string, value: unknown): void => {
    mkdirSync(dirname(path(name)), { recursive: true });
    writeFileSync(path(name), typeof value === 'string' ? value : JSON.stringify(value, null, 2));
  };
  const run = (command: string, words: readonly string[], folder = '.') => {
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('NX_')));
    const { status, stdout, stderr } = spawnSync(command, words, {
      cwd: path(folder),
      encoding: 'utf8',
      env: { ...env, NODE_OPTIONS: '', CI: '', NX_DAEMON: 'false', NX_TUI: 'false', NO_COLOR: '1', ...environment },
    });
    return { code: status, text: `${stdout}${stderr}` };
  };
  const must = (command: string, words: readonly string[], folder?: string): string => {
    const { code, text } = run(command, words, folder);
    if (code !== 0) throw new Error(`${command} ${words.join(' ')} ended with ${code}: ${text}`);
    return text;
  };
  const nxWords = [join(repository, 'node_modules/nx/dist/bin/nx.js')];
  const git = (...words: readonly string[]): string =>
    must('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.org', '-c', 'core.hooksPath=', ...words]);
  symlinkSync(join(repository, 'node_modules'), path('node_modules'), 'dir');
  write('nx.json', {
    neverConnectToCloud: true,
    analytics: false,
    plugins: [{ plugin: '@wherry/nx-plugin', options }],
  });
  // As if the tool was installed from a registry: Nx reads its version here, and hashes that.
  const { name, version } = { name: '@wherry/nx-plugin', version: '0.1.0' };
  const workspace = { name: 'workspace', version: '1.0.0', devDependencies: { [name]: version } };
  const installed = { version, resolved: `https://registry.example.org/${name}.tgz`, integrity: 'sha512-AAAA' };
  write('package.json', { ...workspace, private: true });
  write('package-lock.json', {
    ...{ name: 'workspace', version: '1.0.0', lockfileVersion: 3, requires: true },
    packages: { '': workspace, [`node_modules/${name}`]: { ...installed, dev: true } },
  });
  write('.gitignore', 'node_modules\n.nx\ndist\n');
  git('init', '--quiet');
  return {
    root,
    path,
    write,
    read: (name) => readFileSync(path(name), 'utf8'),
    commit: () => {
      git('add', '--all');
      git('commit', '--quiet', '--allow-empty', '--message', 'a change');
    },
    nx: (...words) => run(process.execPath, [...nxWords, ...words]),
    tasks: (...words) => {
      const text = must(process.execPath, [...nxWords, ...words, '--outputStyle=static']);
      const all = [...text.matchAll(/^> nx run (\S+--(?:digits|sounds))(?: {2}\[(.*)\])?$/gm)].map(([, task, how]) => ({
        task: task!,
        how,
      }));
      const named = (kept: boolean) =>
        all
          .filter(({ how }) => (how !== undefined) === kept)
          .map(({ task }) => task)
          .sort();
      return { ran: named(false), kept: named(true) };
    },
    deploy: (folder, ...words) => {
      must(process.execPath, [join(repository, 'apps/cli/bin/deploy.mjs'), ...words], folder);
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** The project in `folder`, with its models, its data and the devices of the workspace. */
export function fill({ path, write }: Workspace, folder: string): void {
  write(`${folder}/deploy.config.json`, project);
  const rows = Array.from({ length: 30 }, (_, row) =>
    [...Array.from({ length: 8 }, (_, column) => Math.sin(row * 3 + column)), row % 4].join(','),
  );
  write(`${folder}/samples.csv`, `${rows.join('\n')}\n`);
  const files = ['digits', 'sounds'].map((name) => path(`${folder}/${name}.tflite`));
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', makeModels, ...files], {
    cwd: join(repository, 'packages/pipeline'),
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  if (status !== 0) throw new Error(`no models: ${stderr}`);
  write('devices/base.json', device('base', 'esp32'));
  write('devices/board-a.json', device('board-a', 'base'));
  write('devices/board-b.json', device('board-b', 'rp2040'));
}
