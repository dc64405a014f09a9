// What is no readable file, by its kind: the path is wrong, it is something else, or the system refuses.
import { chmodSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readModelFile } from './read-model-file.js';
import { readRegularFile } from './read-regular-file.js';

let folder: string;
const at = (name: string): string => join(folder, name);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wherry-file-'));
  writeFileSync(at('file'), 'abc');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('reads a file', async () => {
  expect(Buffer.from((await readRegularFile(at('file'), 3)) as Uint8Array).toString()).toBe('abc');
});

it.each([
  ['none', 'missing'],
  ['file/x', 'missing'],
  ['x'.repeat(5000), 'missing'],
  ['a\u0000b', 'missing'],
  ['.', 'not a file'],
  ['large', 'too large'],
])('says of %s that it is %s', async (name, kind) => {
  writeFileSync(at('large'), '');
  truncateSync(at('large'), 4);
  expect(await readRegularFile(at(name), 3)).toMatchObject({ kind });
});

it('tells a file that it may not read from one that is not there', async () => {
  chmodSync(at('file'), 0);
  // The administrator may read everything.
  const isRoot = process.getuid?.() === 0;
  if (isRoot) process.seteuid!(65534);
  try {
    await expect(readModelFile(at('file'))).rejects.toThrow(/^MODEL_DENIED: .*\n.*\n.*chmod u\+r/);
  } finally {
    if (isRoot) process.seteuid!(0);
  }
});
