// One file, whole or not at all, with nothing beside it.
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeWholeFile } from './whole-file.js';

let folder: string;
const at = (name: string): string => join(folder, name);
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'wherry-file-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('replaces a file, and what a killed run has left beside it', async () => {
  // No process has such a number.
  writeFileSync(at('.a.json.99999999.wherry-part'), 'half');
  writeFileSync(at('.b.json.99999999.wherry-part'), 'of another file');
  writeFileSync(at(`.a.json.${process.ppid}.wherry-part`), 'at work');
  await writeWholeFile(at('a.json'), 'first');
  await writeWholeFile(at('a.json'), 'second');
  expect(readFileSync(at('a.json'), 'utf8')).toBe('second');
  expect(readdirSync(folder).sort()).toEqual(
    [`.a.json.${process.ppid}.wherry-part`, '.b.json.99999999.wherry-part', 'a.json'].sort(),
  );
});

it('leaves nothing where it is refused', async () => {
  mkdirSync(at('a.json'));
  await expect(writeWholeFile(at('a.json'), 'text')).rejects.toThrow();
  expect(readdirSync(folder)).toEqual(['a.json']);
  await expect(writeWholeFile(at('none/a.json'), 'text')).rejects.toThrow('ENOENT');
});
