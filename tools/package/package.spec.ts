// The npm package as a user gets it: installed from the tarball into an empty folder, without a registry.
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const workspace = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly version: string };
const place = mkdtempSync(join(tmpdir(), 'wherry-package-'));
const project = join(place, 'project');
const tarball = join(place, `wherry-${workspace.version}.tgz`);

/** Nothing of this repository is on the path, and no registry can be reached. */
function run(
  command: string,
  args: readonly string[],
  cwd = project,
): { status: number | null; text: string; out: string } {
  const env = {
    PATH: process.env['PATH'],
    HOME: place,
    npm_config_cache: join(place, 'empty-cache'),
    npm_config_offline: 'true',
    npm_config_registry: 'http://127.0.0.1:9/',
    npm_config_update_notifier: 'false',
  };
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, env, encoding: 'utf8' });
  return { status, text: stdout + stderr, out: stdout };
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
}

beforeAll(() => {
  const pack = spawnSync(process.execPath, [join(root, 'tools', 'package', 'pack.mjs'), place], { encoding: 'utf8' });
  expect(pack.stderr + (pack.status === 0 ? '' : pack.stdout)).toBe('');
  mkdirSync(project);
  writeFileSync(join(project, 'package.json'), '{ "name": "mine", "private": true, "type": "module" }');
  const install = run('npm', ['install', '--no-audit', '--no-fund', tarball]);
  expect(install.status === 0 ? '' : install.text).toBe('');
}, 120_000);

afterAll(() => rmSync(place, { recursive: true, force: true }));

it('is all there is: nothing else was installed', () => {
  expect(readdirSync(join(project, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual(['wherry']);
  const sizes = filesBelow(join(project, 'node_modules')).map((path) => statSync(path).size);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(20e6);
});

it('runs by either name', () => {
  for (const name of ['deploy', 'wherry'])
    expect(run('npx', ['--no-install', name, '--version'])).toMatchObject({ status: 0, out: `${workspace.version}\n` });
  expect(run('npx', ['--no-install', 'deploy', 'profiles']).out).toContain('esp32-s3');
  // The script for the shell calls what it came from, wherever the shell stands.
  const script = run('npx', ['--no-install', 'wherry', 'completion', 'bash']).out;
  const [, node, file] = /< <\('([^']+)' '([^']+)' completion/.exec(script)!;
  expect(run(node!, [file!, 'completion', 'bash', '--', 'pl'], place).out).toMatch(/^files\t\nplan\t/);
});

it('does what its README says', () => {
  const readme = readFileSync(join(project, 'node_modules', 'wherry', 'README.md'), 'utf8');
  const block = readme.split('```').find((text) => text.includes('wherry/example/shapes.h5'))!;
  const [command, ...args] = block.replaceAll('\\\n', ' ').trim().split(/\s+/);
  const { status, text } = run(command!, ['--no-install', ...args]);
  expect(status === 0 ? '' : text).toBe('');
  expect(text).toMatch(/top-1 +/);
  const written = readdirSync(join(project, 'build', 'shapes'));
  for (const name of ['model.tflite', 'model_data.cc', 'model_settings.h', 'report.json'])
    expect(written).toContain(name);
}, 60_000);

it('has no native engine, says so, and follows its own advice to do without', () => {
  expect(run('npx', ['--no-install', 'deploy', 'doctor'])).toMatchObject({
    status: 0,
    out: expect.stringContaining(
      'absent   float engine tfjs-node: optional; the package @tensorflow/tfjs-node is not installed',
    ) as string,
  });
  const example = join('node_modules', 'wherry', 'example');
  const plan = ['--no-install', 'deploy', 'plan', '-p', 'esp32', join(example, 'shapes.h5')];
  const job = [
    ...plan,
    '-c',
    join(
      example,
      readdirSync(join(project, example)).find((name) => name.endsWith('.npy'))!,
    ),
  ];
  const refused = run('npx', [...job, '--engine', 'node']);
  expect([refused.status, refused.text]).toEqual([
    11,
    expect.stringMatching(/ENGINE_UNAVAILABLE.*leave --engine away/s),
  ]);
  expect(run('npx', job).status).toBe(0);
}, 60_000);

it('has none of what a lab needs, and says how it is installed', () => {
  writeFileSync(join(project, 'map.yaml'), '- id: a\n  platform: esp32\n  connected: false\n');
  const status = ['--no-install', 'deploy', 'lab', 'status', '--map', 'map.yaml', '--redis', 'redis://127.0.0.1:1'];
  const refused = run('npx', status);
  expect([refused.status, refused.text]).toEqual([
    11,
    expect.stringMatching(/LAB_MODULE_MISSING.*npm install --save-exact bullmq@[\d.]+ ioredis@[\d.]+\n/s),
  ]);
});

it('is a library with types', () => {
  const source = `import { deploy, deployHost, exitCodes, noProgress, readProfileFolder, requestOf, WherryError } from 'wherry';
const request = requestOf({ model: 'none.keras', profile: 'esp32', calibration: 'x.npy' }, ['model', 'profile']);
try {
  const deployment = await deploy(request, await readProfileFolder(), deployHost(), noProgress);
  const bytes: Uint8Array = deployment.tflite;
  console.log(bytes.length);
} catch (error) {
  if (!(error instanceof WherryError)) throw error;
  const code: string = error.diagnostic.code;
  console.log(code, exitCodes.usage);
}
`;
  writeFileSync(join(project, 'use.mts'), source);
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const types = join(root, 'node_modules', '@types');
  const options = ['--strict', '--module', 'nodenext', '--target', 'es2022', '--types', 'node', '--typeRoots', types];
  const compiled = run(process.execPath, [tsc, ...options, 'use.mts']);
  expect(compiled.text).toBe('');
  expect(run(process.execPath, ['use.mjs']).text).toMatch(/^MODEL_NOT_READABLE|^[A-Z_]+ 2\n$/);
}, 60_000);

it('is a plugin of Nx, with generators', () => {
  const workspace = join(place, 'workspace');
  cpSync(join(project, 'node_modules', 'wherry'), join(workspace, 'node_modules', 'wherry'), { recursive: true });
  mkdirSync(join(workspace, 'node_modules', '.bin'));
  symlinkSync('../wherry/bin/deploy.mjs', join(workspace, 'node_modules', '.bin', 'deploy'));
  for (const name of ['nx', '@nx'])
    symlinkSync(join(root, 'node_modules', name), join(workspace, 'node_modules', name), 'dir');
  const write = (name: string, text: string): void => writeFileSync(join(workspace, name), text);
  write('package.json', '{ "name": "workspace", "private": true }');
  write('nx.json', '{ "neverConnectToCloud": true, "analytics": false }');
  write('.gitignore', 'node_modules\n.nx\n');
  mkdirSync(join(workspace, 'app'));
  const example = join(workspace, 'node_modules', 'wherry', 'example');
  for (const name of ['shapes.h5', 'calibration.npy']) cpSync(join(example, name), join(workspace, 'app', name));
  expect(run('git', ['init', '--quiet'], workspace).status).toBe(0);
  const nx = (...words: readonly string[]): ReturnType<typeof run> =>
    run(process.execPath, ['--require', quiet, join(root, 'node_modules/nx/dist/bin/nx.js'), ...words], workspace);
  const quiet = join(place, 'quiet.cjs');
  writeFileSync(quiet, "Object.assign(process.env, { NX_DAEMON: 'false', NX_TUI: 'false' });");
  const made = nx(
    'generate',
    'wherry:init',
    'app',
    '--model=shapes.h5',
    '--device=esp32',
    '--calibration=calibration.npy',
  );
  expect([made.status, made.text]).toEqual([0, expect.stringContaining('CREATE app/deploy.config.json')]);
  expect(readFileSync(join(workspace, 'nx.json'), 'utf8')).toContain('"wherry/nx-plugin"');
  const planned = nx('run', 'app:quantize', '--outputStyle=static');
  expect([planned.status, planned.text]).toEqual([
    0,
    expect.stringMatching(/deploy plan shapes -p esp32\b[^]*this is a plan/),
  ]);
}, 120_000);

it('names no place of the machine that made it, and the licences of what is inside', () => {
  const folder = join(project, 'node_modules', 'wherry');
  const naming = filesBelow(folder).filter((path) => readFileSync(path).includes(root));
  expect(naming).toEqual([]);
  expect(existsSync(join(folder, 'LICENSE'))).toBe(true);
  const notices = readFileSync(join(folder, 'THIRD-PARTY-NOTICES.txt'), 'utf8');
  for (const name of ['@tensorflow/tfjs-backend-wasm', 'ajv', 'commander', 'flatbuffers', 'fflate', 'pngjs', 'jpeg-js'])
    expect(notices).toMatch(new RegExp(`^${name} [0-9.]+ \\(`, 'm'));
});

it('comes out the same from the same tree', () => {
  const again = join(place, 'again');
  const pack = spawnSync(process.execPath, [join(root, 'tools', 'package', 'pack.mjs'), again], { encoding: 'utf8' });
  expect(pack.status).toBe(0);
  expect(readFileSync(join(again, `wherry-${workspace.version}.tgz`)).equals(readFileSync(tarball))).toBe(true);
}, 120_000);
