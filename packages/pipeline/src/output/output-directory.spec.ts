// The output folder: replaced as a whole, never at the cost of somebody's files.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { recoverOutput, requireOwnDirectory, writeOutputDirectory } from './output-directory.js';

const owned = new Set(['a.txt', 'b.bin']);
let folder: string;
const at = (name: string): string => join(folder, name);
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'wherry-output-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (text: string, signal?: AbortSignal): Promise<void> =>
  writeOutputDirectory(
    at('deep/out'),
    new Map<string, string | Uint8Array>([
      ['a.txt', text],
      ['b.bin', Uint8Array.of(1, 2)],
    ]),
    owned,
    signal,
  );

it('makes the folder, replaces it, and leaves nothing else', async () => {
  await write('first');
  await write('second');
  expect(readFileSync(at('deep/out/a.txt'), 'utf8')).toBe('second');
  expect([readdirSync(at('deep/out')).sort(), readdirSync(at('deep'))]).toEqual([['a.txt', 'b.bin'], ['out']]);
});

it('drops a file that the new set does not have', async () => {
  await write('first');
  await writeOutputDirectory(at('deep/out'), new Map([['a.txt', 'alone']]), owned);
  expect(readdirSync(at('deep/out'))).toEqual(['a.txt']);
});

it('keeps away from files of others, links, files and the current folder', async () => {
  await write('first');
  writeFileSync(at('deep/out/notes'), 'mine');
  await expect(write('second')).rejects.toThrow('OUTPUT_NOT_OURS: "notes"');
  expect(readFileSync(at('deep/out/a.txt'), 'utf8')).toBe('first');
  symlinkSync(at('deep'), at('link'));
  writeFileSync(at('file'), '');
  await expect(requireOwnDirectory(at('link'), owned)).rejects.toThrow('symbolic link');
  await expect(requireOwnDirectory(at('file'), owned)).rejects.toThrow('it is a file');
  await expect(requireOwnDirectory('.', owned)).rejects.toThrow('current folder');
  await expect(requireOwnDirectory('/', owned)).rejects.toThrow('OUTPUT_NOT_OURS');
});

it('brings back what a killed run had moved aside', async () => {
  await write('first');
  mkdirSync(at('deep/.out.wherry-old'));
  rmSync(at('deep/out'), { recursive: true });
  writeFileSync(at('deep/.out.wherry-old/a.txt'), 'older');
  await recoverOutput(at('deep/out'), owned);
  expect(readFileSync(at('deep/out/a.txt'), 'utf8')).toBe('older');
});

it('removes what a killed run had moved aside and replaced', async () => {
  await write('first');
  mkdirSync(at('deep/.out.wherry-old'));
  writeFileSync(at('deep/.out.wherry-old/a.txt'), 'older');
  await recoverOutput(at('deep/out'), owned);
  expect(readdirSync(at('deep'))).toEqual(['out']);
  expect(readFileSync(at('deep/out/a.txt'), 'utf8')).toBe('first');
});

it('heeds a request to stop and cleans up', async () => {
  await write('first');
  await expect(write('second', AbortSignal.abort(new Error('stop')))).rejects.toThrow('stop');
  expect(readFileSync(at('deep/out/a.txt'), 'utf8')).toBe('first');
  expect(readdirSync(at('deep'))).toEqual(['out']);
});

it('takes plain names only', async () => {
  await expect(writeOutputDirectory(at('out'), new Map([['../evil', '']]), owned)).rejects.toThrow('../evil');
  expect(readdirSync(folder)).toEqual([]);
});
