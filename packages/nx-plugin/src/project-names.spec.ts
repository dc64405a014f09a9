// What projects of a workspace are called.
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createNodes } from './index.js';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'wherry-names-')));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const write = (name: string, value: unknown): void => {
  mkdirSync(dirname(join(root, name)), { recursive: true });
  writeFileSync(join(root, name), typeof value === 'string' ? value : JSON.stringify(value));
};
const project = { models: { kws: { model: 'kws.h5', profiles: ['esp32'] } } };

it('calls no two alike, and none by a package.json that has no name', async () => {
  const folders = ['.', 'root', 'apps/kws', 'apps-kws', 'apps/ic', 'libs/a', 'libs-a', 'libs/b', 'libs-b'];
  for (const folder of folders) write(join(folder, 'deploy.config.json'), project);
  write('package.json', { private: true });
  write('apps/ic/package.json', { version: '1.0.0' });
  write('libs/a/package.json', { name: '@ours/a' });
  write('libs/b/project.json', '{ "name": "libs-b" } // ours\n');
  const files = folders.map((folder) => (folder === '.' ? '' : `${folder}/`) + 'deploy.config.json');
  const results = await createNodes[1](files, {}, { workspaceRoot: root, nxJsonConfiguration: {} });
  const names = results.flatMap(([, { projects = {} }]) =>
    Object.entries(projects).map(([at, { name }]) => [at, name]),
  );
  expect(Object.fromEntries(names)).toEqual({
    ...{ '.': './.', root: 'root', 'apps/kws': 'apps/kws', 'apps-kws': 'apps-kws', 'apps/ic': 'apps-ic' },
    ...{ 'libs/a': undefined, 'libs-a': 'libs-a', 'libs/b': undefined, 'libs-b': './libs-b' },
  });
});
