// A folder whose tests Nx does not run leaves no report, which `npm test` finds only at its end.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hasTestTarget, jestFolders } from './jest-folders.mjs';

const workspace = fileURLToPath(new URL('../../', import.meta.url));

it.each(jestFolders(workspace))('%s has a target `test`', (folder) => {
  expect(hasTestTarget(workspace, folder)).toBe(true);
});

it('sees a folder without the target', () => {
  const root = mkdtempSync(join(tmpdir(), 'wherry-ci-'));
  try {
    for (const parent of ['packages', 'apps', 'tools']) mkdirSync(join(root, parent, parent), { recursive: true });
    writeFileSync(join(root, 'apps/apps/jest.config.mjs'), '');
    writeFileSync(join(root, 'apps/apps/project.json'), '{"targets":{"lint":{}}}');
    expect(jestFolders(root)).toEqual([join('apps', 'apps')]);
    expect(hasTestTarget(root, 'apps/apps')).toBe(false);
  } finally {
    rmSync(root, { recursive: true });
  }
});
