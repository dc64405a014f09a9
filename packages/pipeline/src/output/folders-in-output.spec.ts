// An output folder with folders in it: replaced as a whole as well, and never at the cost of what somebody put into them.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeOutputDirectory } from './output-directory.js';
import { foldersOf, listFiles, sealed, type OutputFiles } from './output-mark.js';

let folder: string;
const at = (path: string): string => join(folder, path);
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'wherry-output-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function setOf(text: string, paths: readonly string[]): OutputFiles {
  const files = new Map(paths.map((path): [string, string] => [path, `${text} ${path}`]));
  return files.set('report.json', sealed({ tool: { name: 'wherry', version: '1' }, files: listFiles(files) }));
}

const tree = ['a.txt', 'kit/lib/CMakeLists.txt', 'kit/lib/src/m/m.h'];
const write = (text: string, paths = tree): Promise<unknown> => writeOutputDirectory(at('out'), setOf(text, paths));
const all = (): string[] => readdirSync(at('out'), { recursive: true }).map(String).sort();

it('is written, and gives way to another tree and to none', async () => {
  await write('first');
  expect(readFileSync(at('out/kit/lib/src/m/m.h'), 'utf8')).toBe('first kit/lib/src/m/m.h');
  await write('second', ['a.txt', 'kit/other/x.c']);
  expect(all()).toEqual(['a.txt', 'kit', 'kit/other', 'kit/other/x.c', 'report.json']);
  await write('third', ['a.txt']);
  expect(all()).toEqual(['a.txt', 'report.json']);
  expect(readdirSync(folder)).toEqual(['out']);
});

it.each([
  ['a file beside those that were written', (): void => writeFileSync(at('out/kit/lib/mine.c'), 'x'), 'kit/lib/mine.c'],
  ['a changed file', (): void => writeFileSync(at('out/kit/lib/src/m/m.h'), 'x'), 'kit/lib/src/m/m.h'],
  ['a build folder', (): void => void mkdirSync(at('out/kit/lib/build')), 'kit/lib/build'],
  [
    'a link in the place of a folder',
    (): void => {
      rmSync(at('out/kit/lib/src'), { recursive: true });
      mkdirSync(at('elsewhere/m'), { recursive: true });
      symlinkSync(at('elsewhere'), at('out/kit/lib/src'));
    },
    'kit/lib/src',
  ],
])('is kept with %s in it', async (_, put, kept) => {
  await write('first');
  put();
  const before = all();
  await expect(write('second')).rejects.toThrow(`OUTPUT_NOT_OURS: "${kept}" in it`);
  expect(all()).toEqual(before);
  expect(readFileSync(at('out/a.txt'), 'utf8')).toBe('first a.txt');
});

it('goes with what file managers leave in its folders, and with files that somebody removed', async () => {
  await write('first');
  writeFileSync(at('out/kit/.DS_Store'), '');
  writeFileSync(at('out/kit/lib/src/m/._m.h'), '');
  rmSync(at('out/kit/lib/CMakeLists.txt'));
  await write('second', ['a.txt']);
  expect(all()).toEqual(['a.txt', 'report.json']);
});

it('is made way for where an earlier removal was cut short', async () => {
  await write('first');
  // All that is left of a set whose removal was killed: folders without their files, and the list.
  for (const path of tree) rmSync(at(`out/${path}`));
  renameSync(at('out'), at('.out.wherry-old'));
  await write('second');
  expect(readFileSync(at('out/a.txt'), 'utf8')).toBe('second a.txt');
  expect(readdirSync(folder)).toEqual(['out']);
});

it('has no path that leads out of it', async () => {
  await expect(write('first', ['../a.txt'])).rejects.toThrow('is not a name that an output may have');
  await expect(write('first', ['kit//a.txt'])).rejects.toThrow('is not a name that an output may have');
  expect([existsSync(at('a.txt')), existsSync(at('out'))]).toEqual([false, false]);
});

it('knows the folders of a path, the outer ones first', () => {
  expect([...foldersOf(['a/b/c.h', 'a/d.h', 'e.h'])]).toEqual(['a', 'a/b']);
});
