// The folders that have tests, and whether Nx knows of them.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Every folder with a jest configuration, relative to `root`. */
export function jestFolders(root) {
  return ['packages', 'apps', 'tools'].flatMap((parent) =>
    readdirSync(join(root, parent))
      .sort()
      .map((name) => join(parent, name))
      .filter((folder) => existsSync(join(root, folder, 'jest.config.mjs'))),
  );
}

/** Whether Nx runs the tests of a folder: its project.json, or the `nx` of its package.json, has a target `test`. */
export function hasTestTarget(root, folder) {
  const read = (name) => {
    const file = join(root, folder, name);
    return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  };
  return [read('project.json').targets, read('package.json').nx?.targets].some(
    (targets) => targets?.test !== undefined,
  );
}
