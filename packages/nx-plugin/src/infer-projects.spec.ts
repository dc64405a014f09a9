// What Nx is told of a workspace: targets, what each reads and writes, and what must not be kept.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ProjectConfiguration, TargetConfiguration } from '@nx/devkit';
import { logger } from '@nx/devkit';
import { jest } from '@jest/globals';
import { createNodes } from './index.js';

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'wherry-infer-')));
  spawnSync('git', ['init', '--quiet'], { cwd: root });
  write('package.json', { devDependencies: { '@wherry/nx-plugin': '^1.2.3' } });
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
  jest.restoreAllMocks();
});

const write = (name: string, value: unknown): void => {
  mkdirSync(dirname(join(root, name)), { recursive: true });
  writeFileSync(join(root, name), typeof value === 'string' ? value : JSON.stringify(value));
};

type Project = Omit<ProjectConfiguration, 'root'>;

async function infer(folder: string, options?: unknown): Promise<Project> {
  const context = { workspaceRoot: root, nxJsonConfiguration: {} };
  const file = folder === '.' ? 'deploy.config.json' : `${folder}/deploy.config.json`;
  const [[, { projects = {} }] = ['', {}]] = await createNodes[1]([file], options, context);
  return projects[folder] as Project;
}

const target = (project: Project, name: string): TargetConfiguration => project.targets![name]!;
const filesets = ({ inputs }: TargetConfiguration): readonly unknown[] =>
  inputs!.filter((each) => typeof each === 'string').map((each) => each.replace(/^\{workspaceRoot\}\/(?=\w)/, ''));

const one = (more: object = {}) => ({ models: { kws: { model: 'kws.h5', profiles: ['esp32'], ...more } } });

it('gives every pair its steps, every device their sum, and the project the sums of all', async () => {
  write('deploy.config.json', {
    models: { kws: { model: 'kws.h5', profiles: ['esp32', 'rp2040'] }, ic: { model: 'ic.h5', profiles: ['rp2040'] } },
  });
  const project = await infer('.');
  expect(Object.keys(project.targets!).filter((name) => name.startsWith('regress'))).toEqual([
    'regress--esp32--host--kws',
    'regress--esp32--hw--kws',
    'regress--rp2040--host--kws',
    'regress--rp2040--emu--kws',
    'regress--rp2040--hw--kws',
    'regress--rp2040--host--ic',
    'regress--rp2040--emu--ic',
    'regress--rp2040--hw--ic',
    'regress--esp32--host',
    'regress--esp32--hw',
    'regress--rp2040--host',
    'regress--rp2040--emu',
    'regress--rp2040--hw',
    'regress--host',
    'regress--emu',
    'regress--hw',
    'regress--obsolete',
  ]);
  expect(target(project, 'export--rp2040')).toMatchObject({
    executor: 'nx:noop',
    dependsOn: ['export--rp2040--kws', 'export--rp2040--ic'],
  });
  expect(target(project, 'quantize').dependsOn).toEqual([
    'quantize--esp32--kws',
    'quantize--rp2040--kws',
    'quantize--rp2040--ic',
  ]);
});

it('says what runs, what it reads and what it writes', async () => {
  write('apps/kws/deploy.config.json', one({ calibration: 'folder:wavs', evaluation: 'test.npz', profiles: ['ours'] }));
  write('apps/kws/wavs/yes/1.wav', '');
  write('devices/ours.json', { extends: 'base', id: 'ours', name: 'Ours', chip: 'c' });
  write('devices/base.json', { extends: 'rp2040', id: 'base', name: 'Base', chip: 'c', standIn: 'rp2040js' });
  const project = await infer('apps/kws', { profiles: 'devices', ports: { ours: '/dev/ttyACM0' } });
  expect(project.name).toBe('apps-kws');
  const read = [
    'apps/kws/deploy.config.json',
    'apps/kws/kws.h5',
    'apps/kws/wavs/**/*',
    'apps/kws/test.npz',
    'devices/ours.json',
    'devices/base.json',
  ];
  const exported = target(project, 'export--ours--kws');
  expect(exported).toMatchObject({
    command: 'deploy kws -p ours --profiles ../../devices -o dist/ours/kws',
    options: { cwd: 'apps/kws' },
    outputs: ['{projectRoot}/dist/ours/kws'],
    cache: true,
  });
  expect(filesets(exported)).toEqual(read);
  const planned = target(project, 'quantize--ours--kws');
  expect([planned.command, filesets(planned)]).toEqual(['deploy plan kws -p ours --profiles ../../devices', read]);
  const held = target(project, 'regress--ours--host--kws');
  expect(held.command).toBe('deploy test kws -p ours --profiles ../../devices --tier host');
  expect(filesets(held)).toEqual([...read, 'apps/kws/baselines/ours/kws.json']);
  expect(target(project, 'regress--ours--hw--kws')).toMatchObject({
    command: 'deploy test kws -p ours --profiles ../../devices --tier hw --port /dev/ttyACM0',
    cache: false,
    parallelism: false,
  });
});

it('holds boards of another toolchain to nothing but in CI, and looks for baselines of pairs that are gone', async () => {
  write('apps/kws/deploy.config.json', one({ profiles: ['rp2040'] }));
  write('devices/ours.json', { extends: 'rp2040', id: 'ours', name: 'Ours', chip: 'c' });
  const project = await infer('apps/kws', { profiles: 'devices' });
  const held = target(project, 'regress--rp2040--emu--kws');
  expect(held.command).toBe('deploy test kws -p rp2040 --profiles ../../devices --tier emu');
  expect(held.configurations).toEqual({ ci: { command: `${held.command} --fail-on-new-series` } });
  expect(target(project, 'regress--rp2040--host--kws').configurations).toBeUndefined();
  expect(target(project, 'regress--obsolete')).toMatchObject({
    command: 'deploy test --only-obsolete --profiles ../../devices',
    options: { cwd: 'apps/kws' },
    cache: false,
  });
});

it('lets the tools of an emulated board count, and the version of wherry', async () => {
  write('deploy.config.json', one({ profiles: ['rp2040'] }));
  const { inputs } = target(await infer('.'), 'regress--rp2040--emu--kws');
  expect(inputs!.filter((each) => typeof each !== 'string')).toEqual([
    { externalDependencies: ['@wherry/nx-plugin'] },
    { runtime: 'arm-none-eabi-gcc --version || echo none' },
    { runtime: 'cksum < "$(arm-none-eabi-gcc -print-file-name=libc.a)" || echo none' },
    { runtime: '"$(arm-none-eabi-gcc -print-prog-name=ld)" --version || echo none' },
  ]);
});

it('names no model where the file describes one alone: its name would be a path, or a command', async () => {
  write('deploy.config.json', { model: 'test.h5', profile: 'rp2040' });
  const commands = Object.entries((await infer('.')).targets!).flatMap(([name, { command }]) =>
    command === undefined ? [] : [[name, command]],
  );
  expect(Object.fromEntries(commands)).toEqual({
    'quantize--rp2040--test': 'deploy plan -p rp2040',
    'export--rp2040--test': 'deploy -p rp2040 -o dist/rp2040/test',
    'regress--rp2040--host--test': 'deploy test -p rp2040 --tier host',
    'regress--rp2040--emu--test': 'deploy test -p rp2040 --tier emu',
    'regress--rp2040--hw--test': 'deploy test -p rp2040 --tier hw --port auto',
    'regress--obsolete': 'deploy test --only-obsolete',
  });
});

it.each(['file:../wherry', 'link:../wherry', 'workspace:*', 'portal:../wherry', '../wherry', undefined])(
  'keeps nothing where no version tells what runs: %p',
  async (version) => {
    write('deploy.config.json', one());
    const read = async (): Promise<TargetConfiguration> => target(await infer('.'), 'export--esp32--kws');
    expect((await read()).cache).toBe(true);
    write('package.json', { devDependencies: { '@wherry/nx-plugin': version } });
    const { cache, inputs, metadata } = await read();
    expect(cache).toBe(false);
    expect(inputs).toContainEqual({ externalDependencies: [] });
    expect(metadata!.description).toContain('Never cached: nothing tells one @wherry/nx-plugin from another, as');
  },
);

/** A name of a file only where it does not stand between folders. */
const withBackslash = [
  'named in a way of its own',
  { model: 'back\\slash.h5' },
  'Nx does not see back\\slash.h5: its name has a backslash',
] as const;

it.each<readonly [string, object, string]>([
  ['outside of the workspace', { calibration: 'npy:../away.npy' }, 'Nx does not see ../away.npy: it lies outside'],
  ['ignored', { calibration: 'npy:data/a.npy' }, 'Nx does not see data/a.npy: it is ignored'],
  ['ignored by Nx alone', { calibration: 'folder:wavs' }, 'Nx does not see wavs: it is ignored, or a file in it'],
  [
    'ignored by a file of a folder that Nx heeds',
    { calibration: 'folder:rows' },
    'Nx does not see rows: it is ignored',
  ],
  ['ignored by Nx though git is told not to', { model: 'nets/kws.h5' }, 'Nx does not see nets/kws.h5: it is ignored'],
  ['never hashed', { model: 'node_modules/ours/kws.h5' }, 'Nx does not see node_modules/ours/kws.h5: it is ignored'],
  ['of another repository', { calibration: 'folder:sub' }, 'Nx does not see sub: another git repository holds it'],
  ...(process.platform === 'win32' ? [] : [withBackslash]),
  [
    'still to come',
    { calibration: 'npy:new.npy' },
    'Nx does not see new.npy: it is not there yet, and a file .nxignore',
  ],
  [
    'behind a link',
    { model: 'linked/kws.h5' },
    'Nx does not see linked/kws.h5: a symbolic link leads to it, or from it, or it is spelled otherwise',
  ],
])('keeps no outcome of what is %s', async (_, more, says) => {
  write('.gitignore', 'data\n');
  write('.nxignore', '*.wav\nnets/*\n');
  write('rows/.ignore', '1.csv\n');
  write('rows/1.csv', '');
  write('nets/.gitignore', '!kws.h5\n');
  write('nets/kws.h5', '');
  write('node_modules/ours/kws.h5', '');
  write('sub/of/.git', 'gitdir: elsewhere\n');
  write('back\\slash.h5', '');
  write('kws.h5', '');
  write('data/a.npy', '');
  write('wavs/1.wav', '');
  write('real/kws.h5', '');
  symlinkSync(join(root, 'real'), join(root, 'linked'));
  write('deploy.config.json', one(more));
  const exported = target(await infer('.'), 'export--esp32--kws');
  expect(exported.cache).toBe(false);
  expect(exported.metadata!.description).toContain(`Never cached: ${says}`);
  expect(target(await infer('.'), 'export--esp32').cache).toBe(false);
});

it('lets git tell of what Nx does not hash, at the place where git knows it', async () => {
  write('data/a.npy', '');
  write('real/kws.h5', '');
  write('real/more/1.wav', '');
  write('wavs/2.wav', '');
  symlinkSync(join(root, 'real'), join(root, 'linked'));
  symlinkSync(join(root, 'real/more'), join(root, 'wavs/more'));
  symlinkSync('..', join(root, 'data/up'));
  const read = async (more: object): Promise<readonly unknown[]> => {
    write('deploy.config.json', one(more));
    const exported = target(await infer('.'), 'export--esp32--kws');
    expect(exported.cache).toBe(false);
    return filesets(exported).slice(1);
  };
  expect(await read({ model: 'linked/kws.h5' })).toEqual(['linked/kws.h5', 'real/kws.h5']);
  expect(await read({ calibration: 'folder:wavs' })).toEqual(['kws.h5', 'wavs/**/*', 'real/more/**/*']);
  expect(await read({ model: 'linked/new.h5', calibration: 'npy:../a.npy' })).toEqual(['linked/new.h5', 'real/new.h5']);
  expect(await read({ calibration: 'folder:data/up' })).toEqual(['kws.h5', 'data/up/**/*', '{workspaceRoot}/**/*']);
});

it('keeps nothing that was held to a baseline that Nx does not see, and the rest as it was', async () => {
  write('.gitignore', 'apps/kws/baselines/rp2040\n');
  mkdirSync(join(root, 'apps/kws/baselines'), { recursive: true });
  symlinkSync(join(root, 'elsewhere'), join(root, 'apps/kws/baselines/esp32'));
  write('apps/kws/deploy.config.json', one({ profiles: ['esp32', 'rp2040', 'stm32f4'] }));
  const project = await infer('apps/kws');
  const kept = (step: string): readonly unknown[] =>
    ['esp32', 'rp2040', 'stm32f4'].map((device) => target(project, `${step.replace('DEVICE', device)}--kws`).cache);
  expect(kept('regress--DEVICE--host')).toEqual([false, false, true]);
  expect(kept('export--DEVICE')).toEqual([true, true, true]);
  expect(target(project, 'regress--rp2040--emu--kws').cache).toBe(false);
  expect(target(project, 'regress--esp32--host--kws').metadata!.description).toContain(
    'Never cached: Nx does not see apps/kws/baselines/esp32/kws.json: a symbolic link leads to it, or from it, or it is spelled otherwise',
  );
});

it.each([
  ['{', /CONFIG_JSON/],
  [one({ profiles: ['esp23'] }), /PROFILE_UNKNOWN: there is no device profile "esp23"/],
  [one({ profiles: ['esp32', 'ESP32'] }), /CONFIG_INVALID/],
  [one({ calibration: 'npy:' }), /DATA_OPTION/],
  [one({ profiles: ['./$(touch x)/ours.json'] }), /cannot be a word of a command line/],
  [one({ model: 7 }), /model is 7/],
])('gives what is wrong, %j, targets that fail and name the file', async (config, says) => {
  const warn = jest.spyOn(logger, 'warn').mockImplementation(() => undefined);
  write('apps/kws/deploy.config.json', config);
  write('apps/kws/$(touch x)/ours.json', { extends: 'esp32', id: 'ours', name: 'Ours', chip: 'c' });
  const { targets = {} } = await infer('apps/kws');
  expect(Object.keys(targets)).toEqual([
    'quantize',
    'export',
    'regress--host',
    'regress--emu',
    'regress--hw',
    'regress--obsolete',
  ]);
  for (const { command, options, cache } of Object.values(targets)) {
    const { env } = options as { readonly env: Record<string, string> };
    const ran = spawnSync(command!, { shell: true, encoding: 'utf8', env: { ...process.env, ...env } });
    expect([ran.status, cache]).toEqual([2, false]);
    expect(ran.stderr).toMatch(says);
    expect(ran.stderr).toContain('apps/kws/deploy.config.json describes no project that can be run\n');
    expect(ran.stderr).not.toContain(root);
  }
  expect(warn).toHaveBeenCalledTimes(1);
});

it('finds the port of a device by any of its names, and refuses one that no project has', async () => {
  write('deploy.config.json', one({ profiles: ['rp2040', 'esp32'] }));
  const portsOf = async (ports: object): Promise<unknown> => {
    const project = await infer('.', { ports });
    return ['rp2040', 'esp32'].map((device) =>
      / --port (.*)/.exec(target(project, `regress--${device}--hw--kws`).command!)!.at(1),
    );
  };
  expect(await portsOf({ Pico: '/dev/a', esp32: 'tcp://b:1' })).toEqual(['/dev/a', 'tcp://b:1']);
  expect(await portsOf({ RP2040: '/dev/a' })).toEqual(['/dev/a', 'auto']);
  await expect(portsOf({ stm32f4: '/dev/a' })).rejects.toThrow(/"stm32f4".*no project goes to.*esp32, rp2040/s);
  await expect(portsOf({ pico: '/dev/a', rp2040: '/dev/b' })).rejects.toThrow(/one device twice, as pico and rp2040/);
});
