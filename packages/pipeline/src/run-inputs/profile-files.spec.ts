// The files of a profile: what of them changes changes it, and nothing else does.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { everything, pairsOf } from '../regression/pairs.js';
import { profileFiles } from './profile-files.js';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'wherry-sources-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const at = (name: string): string => join(folder, name);
const write = (name: string, value: unknown): void => writeFileSync(at(name), JSON.stringify(value));
const device = (id: string, base: string, more = {}) => ({ extends: base, id, name: id, chip: 'a chip', ...more });

/** Of one model on that profile. */
async function filesOf(
  profile: string,
  places: { readonly folder?: string; readonly from?: string },
): Promise<unknown> {
  const models = [{ name: 'm', settings: { model: 'm.h5' }, profiles: [profile] }];
  const { pairs } = await pairsOf({ file: 'p.json', isNamed: true, models }, { ...everything, ...places });
  return profileFiles(pairs[0]!, places);
}

it('follows what a file extends to the profiles of the tool, beside it and in the folder', async () => {
  for (const name of ['a', 'b']) mkdirSync(at(name));
  write('a/shared.json', device('shared', 'cortex-m55'));
  write('b/base.json', device('base', 'shared'));
  write('b/ours.json', device('ours', 'base', { standIn: null }));
  write('b/other.json', device('other', 'esp32'));
  const places = { folder: at('a'), from: folder };
  await expect(filesOf('./b/ours.json', places)).resolves.toEqual([
    at('b/ours.json'),
    at('b/base.json'),
    at('a/shared.json'),
  ]);
  await expect(filesOf('SHARED', places)).resolves.toEqual([at('a/shared.json')]);
  await expect(filesOf('cortex-m55', places)).resolves.toEqual([]);
  await expect(filesOf(at('b/other.json'), {})).resolves.toEqual([at('b/other.json')]);
});

it('counts the kernel table of the folder with what it extends', async () => {
  const shipped = createRequire(import.meta.url).resolve('@wherry/device-profiles/package.json');
  const table = JSON.parse(readFileSync(join(shipped, '../runtimes/tflm-reference.json'), 'utf8')) as {
    readonly operators: object;
  };
  const { operators: _operators, ...facts } = table;
  mkdirSync(at('runtimes'));
  write('runtimes/first.json', { ...table, name: 'first' });
  write('runtimes/second.json', { ...facts, extends: 'first', name: 'second' });
  const { runtime } = JSON.parse(readFileSync(join(shipped, '../rp2040.json'), 'utf8')) as { readonly runtime: object };
  write('ours.json', device('ours', 'rp2040', { runtime: { ...runtime, name: 'second' } }));
  await expect(filesOf('ours', { folder })).resolves.toEqual([
    at('ours.json'),
    at('runtimes/second.json'),
    at('runtimes/first.json'),
  ]);
});
