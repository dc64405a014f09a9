// In a real workspace: after a change exactly the pairs that it touches are run, and whatever else is asked for is kept.
import { copyFileSync, mkdirSync, symlinkSync } from 'node:fs';
import { jest } from '@jest/globals';
import { device, fill, makeWorkspace, project } from './testing/workspace.js';

jest.setTimeout(300_000);

const workspace = makeWorkspace();
afterAll(() => workspace.remove());

beforeAll(() => {
  fill(workspace, 'apps/kws');
  fill(workspace, 'apps/other');
  const { digits } = project.models;
  workspace.write('apps/other/deploy.config.json', { ...project, models: { digits }, profiles: ['rp2040'] });
  workspace.commit();
});

const pairs = ['board-a--digits', 'board-b--digits', 'board-b--sounds', 'rp2040--digits'];
const steps = (...names: readonly string[]): string[] => names.map((name) => `apps-kws:export--${name}`).sort();

/** What `nx affected` does after a change, of the pairs of the first project; nothing of the other one may be in it. */
function afterChange(
  name: string,
  text: string,
): { readonly ran: readonly string[]; readonly kept: readonly string[] } {
  workspace.write(name, text);
  workspace.commit();
  return workspace.tasks('affected', '-t', 'export', '--base', 'HEAD~1');
}

it('runs all once, and nothing twice', () => {
  const { ran } = workspace.tasks('run-many', '-t', 'export');
  expect(ran).toEqual([...steps(...pairs), 'apps-other:export--rp2040--digits']);
  expect(workspace.tasks('run-many', '-t', 'export')).toEqual({ ran: [], kept: ran });
});

it('follows a device that others extend to those alone', () => {
  const base = JSON.stringify(device('base', 'esp32', { arenaMarginPercent: 70 }));
  expect(afterChange('devices/base.json', base)).toEqual({
    ran: steps('board-a--digits'),
    kept: steps(...pairs.filter((pair) => pair !== 'board-a--digits')),
  });
});

it('runs all models of a device', () => {
  const changed = JSON.stringify(device('board-b', 'rp2040', { arenaMarginPercent: 70 }));
  expect(afterChange('devices/board-b.json', changed)).toEqual({
    ran: steps('board-b--digits', 'board-b--sounds'),
    kept: steps('board-a--digits', 'rp2040--digits'),
  });
  const report = JSON.parse(workspace.read('apps/kws/dist/board-b/sounds/report.json')) as object;
  expect(report).toMatchObject({ profile: { id: 'board-b', arenaMarginPercent: 70 } });
});

it('hears of a device that one begins to extend, of nothing that nobody reads, and of data', () => {
  const rebased = JSON.stringify(device('board-a', 'board-b'));
  expect(afterChange('devices/board-a.json', rebased).ran).toEqual(steps('board-a--digits'));
  const again = JSON.stringify(device('board-b', 'rp2040', { arenaMarginPercent: 80 }));
  expect(afterChange('devices/board-b.json', again).ran).toEqual(
    steps('board-a--digits', 'board-b--digits', 'board-b--sounds'),
  );
  expect(afterChange('devices/spare.json', JSON.stringify(device('spare', 'esp32')))).toEqual({ ran: [], kept: [] });
  expect(afterChange('apps/kws/notes.txt', 'nothing').ran).toEqual([]);
  const rows = workspace.read('apps/kws/samples.csv');
  expect(afterChange('apps/kws/samples.csv', `${rows}${rows.split('\n')[0]!}\n`).ran).toEqual(steps(...pairs));
});

it('holds to the baseline of a pair, and hears of that alone', () => {
  const held = ['digits', 'sounds'].map((model) => `apps-kws:regress--board-b--host--${model}`);
  const all = ['run', 'apps-kws:regress--board-b--host'];
  expect(workspace.nx(...all, '--outputStyle=static').code).not.toBe(0);
  workspace.deploy('apps/kws', 'test', '-p', 'board-b', '--profiles', '../../devices', '--update', '-q');
  expect(workspace.tasks(...all)).toEqual({ ran: held, kept: [] });
  expect(workspace.tasks(...all)).toEqual({ ran: [], kept: held });
  const path = 'apps/kws/baselines/board-b/sounds.json';
  const baseline = workspace.read(path);
  workspace.write(path, baseline.replace(/[0-9a-f]{64}/, '0'.repeat(64)));
  const moved = workspace.nx(...all, '--outputStyle=static');
  expect(moved.code).not.toBe(0);
  expect(moved.text).toMatch(/Failed tasks:\s+- apps-kws:regress--board-b--host--sounds\n/);
  expect(moved.text).toMatch(/> nx run apps-kws:regress--board-b--host--digits {2}\[/);
  workspace.write(path, baseline);
  expect(workspace.tasks(...all)).toEqual({ ran: [], kept: held });
});

it('passes what is for CI alone on to the pairs of a sum', () => {
  // Neither has a baseline, and Nx says what it runs.
  const commandsOf = (...words: readonly string[]): readonly string[] => {
    const { text } = workspace.nx('run-many', '-t', 'regress--emu', ...words, '--outputStyle=static', '--verbose');
    return [...text.matchAll(/^> (deploy .*)$/gm)].map(([, command]) => command!);
  };
  const plain = 'deploy test digits -p rp2040 --profiles ../../devices --tier emu';
  expect(commandsOf()).toEqual([plain, plain]);
  const strict = `${plain} --fail-on-new-series`;
  expect(commandsOf('--configuration', 'ci')).toEqual([strict, strict]);
});

it('hears from git of a model behind a link, and runs what reads it whenever it is asked to', () => {
  const { digits } = project.models;
  mkdirSync(workspace.path('shared'));
  copyFileSync(workspace.path('apps/kws/digits.tflite'), workspace.path('shared/digits.tflite'));
  workspace.write('apps/linked/samples.csv', workspace.read('apps/kws/samples.csv'));
  symlinkSync('../../shared/digits.tflite', workspace.path('apps/linked/digits.tflite'));
  const linked = { ...project, models: { digits }, profiles: ['rp2040'] };
  workspace.write('apps/linked/deploy.config.json', linked);
  workspace.commit();
  expect(afterChange('shared/notes.txt', 'nothing').ran).toEqual([]);
  copyFileSync(workspace.path('apps/kws/sounds.tflite'), workspace.path('shared/digits.tflite'));
  workspace.commit();
  const own = { ran: ['apps-linked:export--rp2040--digits'], kept: [] };
  expect(workspace.tasks('affected', '-t', 'export', '--base', 'HEAD~1')).toEqual(own);
  expect(workspace.tasks('run', 'apps-linked:export')).toEqual(own);
});

it('runs every step of a file that describes one model alone, whatever that is called', () => {
  const { models, profiles: _profiles, ...rest } = project;
  workspace.write('apps/alone/samples.csv', workspace.read('apps/kws/samples.csv'));
  copyFileSync(workspace.path('apps/kws/digits.tflite'), workspace.path('apps/alone/digits.tflite'));
  workspace.write('apps/alone/deploy.config.json', { ...rest, ...models.digits, name: 'digits', profile: 'rp2040' });
  const own = (step: string): string => `apps-alone:${step}--digits`;
  for (const step of ['quantize--rp2040', 'export--rp2040'])
    expect(workspace.tasks('run', own(step)).ran).toEqual([own(step)]);
  workspace.deploy('apps/alone', 'test', '--update', '-q');
  expect(workspace.tasks('run', own('regress--rp2040--host')).ran).toEqual([own('regress--rp2040--host')]);
});

it('keeps the rest of a workspace from a file that is broken, whose own targets fail and say why', () => {
  workspace.write('apps/broken/deploy.config.json', '{ "models": ');
  const { ran } = workspace.tasks('run', 'apps-kws:export');
  expect(ran).toEqual([]);
  const { code, text } = workspace.nx('run-many', '-t', 'export', '--outputStyle=static');
  expect(code).not.toBe(0);
  expect(text).toContain('apps/broken/deploy.config.json describes no project that can be run\nCONFIG_JSON');
  expect(text).not.toContain(workspace.root);
  expect(text).toMatch(/Failed tasks:\s+- apps-broken:export\n/);
});
