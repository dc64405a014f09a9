// Paths of disks that do not tell `Build` from `build`, with the paths of Windows where they matter.
import { posix, win32 } from 'node:path';
import { foldsCase, within } from './file-identity.js';

it.each([
  ['C:\\Build', 'c:\\build\\dump', true],
  ['c:\\build', 'C:\\BUILD', true],
  ['C:\\build', 'C:\\build-dump', false],
  ['C:\\build\\out', 'C:\\build', false],
  ['D:\\build', 'C:\\build\\x', false],
  ['\\\\server\\share\\Out', '\\\\SERVER\\share\\out\\dump', true],
])('on a disk of Windows %s holds %s: %s', (folder, path, held) => {
  expect(within(folder, path, 'fold', win32)).toBe(held);
});

it('tells names apart as the disk does', () => {
  expect(within('/Build', '/build/dump', 'keep', posix)).toBe(false);
  expect(within('/Build', '/build/dump', 'fold', posix)).toBe(true);
  // Composed and decomposed, as macOS may give the same name.
  expect(within('/H\u00f6he', '/Ho\u0308he/dump', 'fold', posix)).toBe(true);
});

describe('what the disk does', () => {
  /** A disk with these paths, of which it takes names in any letters or not. */
  const disk =
    (fold: boolean, ...there: readonly string[]) =>
    (path: string): Promise<string | undefined> =>
      Promise.resolve(there.find((each) => each === path || (fold && each.toLowerCase() === path.toLowerCase())));

  it.each([
    [true, 'C:\\Users\\me\\out\\new', true],
    [false, 'C:\\Users\\me\\out\\new', false],
  ])('is asked of the nearest folder that is there (%s)', async (fold, path, folds) => {
    const identity = disk(fold, 'C:\\', 'C:\\Users', 'C:\\Users\\me');
    await expect(foldsCase(path, identity, win32, 'linux')).resolves.toBe(folds);
  });

  it('is not told by a folder of the other name that is another one', async () => {
    const both = disk(false, '/', '/Data', '/DATA');
    await expect(foldsCase('/Data', both, posix, 'linux')).resolves.toBe(false);
  });

  it('is what is usual where no name has letters', async () => {
    for (const [platform, folds] of [
      ['win32', true],
      ['darwin', true],
      ['linux', false],
    ] as const)
      await expect(foldsCase('/1/2', disk(false, '/', '/1'), posix, platform)).resolves.toBe(folds);
  });

  it('is asked of this machine', async () => {
    await expect(foldsCase(process.cwd())).resolves.toBe(process.platform !== 'linux');
  });
});
