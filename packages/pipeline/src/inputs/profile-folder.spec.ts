// Profiles of the user's beside those of the tool.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findProfile } from '@wherry/profiles';
import { readProfiles } from './profile-folder.js';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'wherry-profiles-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, value: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(value));
  return path;
}

const board = (id: string, more = {}): object => ({ extends: 'esp32', id, name: id, chip: 'a chip', ...more });

it('takes a file by its path', async () => {
  const path = write('my-board.json', board('my-board', { arenaMarginPercent: 20 }));
  const { library, id } = await readProfiles(path);
  const { profile } = findProfile(library, id);
  expect(profile).toMatchObject({ id: 'my-board', arenaMarginPercent: 20, runtime: { name: 'tflm-esp-nn' } });
  expect(findProfile(library, 'esp32').profile.arenaMarginPercent).toBe(5);
});

it('takes a folder, with kernel tables of its own', async () => {
  write('a.json', board('a', { aliases: ['alpha'] }));
  write('b.json', board('b', { extends: 'a', name: 'Another' }));
  mkdirSync(join(folder, 'schema'));
  write('schema/x.json', {});
  const { library, id } = await readProfiles('alpha', folder);
  expect(findProfile(library, id).profile.id).toBe('a');
  expect(findProfile(library, 'b').profile).toMatchObject({ name: 'Another', aliases: [] });
  expect((await readProfiles(write('a.json', board('a')))).id).toBe('a');
});

it('finds what a file extends beside it, and in turn', async () => {
  write('a.json', board('a', { arenaMarginPercent: 30 }));
  write('b.json', board('b', { extends: 'a' }));
  write('broken.json', 'not looked at');
  const path = write('c.json', board('c', { extends: 'b' }));
  const { library, id } = await readProfiles(path);
  expect(findProfile(library, id).profile).toMatchObject({ id: 'c', name: 'c', arenaMarginPercent: 30 });
});

it.each([
  [
    'a circle of files',
    () => (write('d.json', board('d', { extends: 'e' })), readProfiles(write('e.json', board('e', { extends: 'd' })))),
    /^PROFILE_EXTENDS.*circle/,
  ],
  [
    'a base that is nowhere',
    () => readProfiles(write('f.json', board('f', { extends: 'g' }))),
    /^PROFILE_EXTENDS.*"g", which is not there[^]*add g\.json/,
  ],
  [
    'a name of the tool',
    () => readProfiles(write('esp32.json', board('esp32'))),
    /^PROFILE_INVALID.*esp32\.json already/,
  ],
  [
    'a file that is not there',
    () => readProfiles(join(folder, 'none.json')),
    /^PROFILE_UNKNOWN.*no such file[^]*none\.json/,
  ],
  ['a folder as a file', () => readProfiles(`${folder}/`), /^PROFILE_UNKNOWN.*it is a folder/],
  ['a folder that is not there', () => readProfiles('esp32', join(folder, 'none')), /^PROFILE_UNKNOWN.*ENOENT/],
  ['another id than the file name', () => readProfiles(write('x.json', board('y'))), /^PROFILE_INVALID[^]*"id" is "y"/],
  ['no JSON', () => readProfiles(write('z.json', 0)), /^PROFILE_/],
  ['a misspelt key', () => readProfiles(write('w.json', board('w', { arena: 1 }))), /^PROFILE_INVALID[^]*arena/],
])('refuses %s', async (_, read, message) => {
  await expect(read()).rejects.toThrow(message);
});
