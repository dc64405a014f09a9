// A project is written whole into a folder that was not there, and into no other.
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeNewFolder } from './new-folder.js';

const files = new Map([
  ['main/a.c', 'int a;'],
  ['build.txt', 'all'],
]);
let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'wherry-new-'))));
afterEach(() => rmSync(folder, { recursive: true }));

it('writes folders in it, where nothing or an empty folder was', async () => {
  mkdirSync(join(folder, 'empty'));
  for (const name of ['fresh', 'empty', 'deep/er']) {
    await writeNewFolder(join(folder, name), files);
    expect(readFileSync(join(folder, name, 'main/a.c'), 'utf8')).toBe('int a;');
    expect(readdirSync(join(folder, name)).sort()).toEqual(['build.txt', 'main']);
  }
  expect(readdirSync(folder).sort()).toEqual(['deep', 'empty', 'fresh']);
});

it('leaves alone what stands there', async () => {
  writeFileSync(join(folder, 'mine'), 'work');
  await expect(writeNewFolder(folder, files)).rejects.toThrow('OUTPUT_NOT_OURS');
  expect(readdirSync(folder)).toEqual(['mine']);
});

it('leaves nothing where it is interrupted, or a path is none', async () => {
  await expect(writeNewFolder(join(folder, 'a'), files, AbortSignal.abort(new Error('stop')))).rejects.toThrow('stop');
  await expect(writeNewFolder(join(folder, 'b'), new Map([['../c', '']]))).rejects.toThrow(
    'not a name that an output may have',
  );
  expect(readdirSync(folder)).toEqual([]);
});

it('says what the file system refused', async () => {
  writeFileSync(join(folder, 'file'), '');
  await expect(writeNewFolder(join(folder, 'file', 'x'), files)).rejects.toThrow('OUTPUT_FAILED');
});

it('removes what a killed run has left beside it', async () => {
  // No process has such a number.
  const machine = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
  const left = `.a.99999999-0123456789ab-${machine}-0.wherry-new`;
  mkdirSync(join(folder, left));
  writeFileSync(join(folder, left, 'half'), '');
  await writeNewFolder(join(folder, 'a'), files);
  expect(readdirSync(folder)).toEqual(['a']);
});

it('does not wait for ever where a file system has no such folder', async () => {
  writeFileSync(join(folder, 'file'), '');
  // Windows would make the first one.
  const parent = process.platform === 'win32' ? join(folder, 'file') : '/proc/none';
  await expect(writeNewFolder(join(parent, 'a'), files)).rejects.toThrow('OUTPUT_FAILED');
});
