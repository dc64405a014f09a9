// What one machine has done is done for another one: Nx shares its cache over the interface that it publishes for one's own server.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { jest } from '@jest/globals';
import { device, fill, makeWorkspace, type Workspace } from './testing/workspace.js';

jest.setTimeout(300_000);

const server = spawn(process.execPath, [fileURLToPath(new URL('testing/shared-cache.mjs', import.meta.url))], {
  env: { ...process.env, NODE_OPTIONS: '' },
});
const environment = async (): Promise<Record<string, string>> => {
  const [port] = (await once(server.stdout, 'data')) as [Buffer];
  return {
    NX_SELF_HOSTED_REMOTE_CACHE_SERVER: `http://127.0.0.1:${port.toString().trim()}`,
    NX_SELF_HOSTED_REMOTE_CACHE_ACCESS_TOKEN: 'secret',
  };
};
const shared = await environment();
const [first, second] = [makeWorkspace(undefined, shared), makeWorkspace(undefined, shared)];
afterAll(() => {
  server.kill();
  first.remove();
  second.remove();
});

beforeAll(() => {
  for (const workspace of [first, second]) fill(workspace, 'apps/kws');
  first.deploy('apps/kws', 'test', '--profiles', '../../devices', '--update', '-q');
  spawnSync('cp', ['-r', first.path('apps/kws/baselines'), second.path('apps/kws/baselines')]);
  for (const workspace of [first, second]) workspace.commit();
});

/** Each with its bytes, of all that was exported. */
const filesIn = ({ path }: Workspace): string[] =>
  readdirSync(path('apps/kws/dist'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => `${relative(path('.'), file)} ${createHash('sha256').update(readFileSync(file)).digest('hex')}`)
    .sort();

const sums = ['run-many', '-t', 'export', 'regress--host'];

it('runs nothing that another machine has run, and leaves the same files', () => {
  const { ran, kept } = first.tasks(...sums);
  expect(ran.length).toBeGreaterThan(7);
  expect(kept).toEqual([]);
  expect(second.tasks(...sums)).toEqual({ ran: [], kept: ran });
  const files = filesIn(first);
  expect(files.length).toBeGreaterThan(9);
  expect(filesIn(second)).toEqual(files);
});

it('runs what is other there', () => {
  second.write('devices/board-b.json', device('board-b', 'rp2040', { arenaMarginPercent: 70 }));
  const { ran, kept } = second.tasks('run-many', '-t', 'export');
  expect(ran).toEqual(['digits', 'sounds'].map((model) => `apps-kws:export--board-b--${model}`));
  expect(kept).toEqual(['board-a', 'rp2040'].map((board) => `apps-kws:export--${board}--digits`));
});
