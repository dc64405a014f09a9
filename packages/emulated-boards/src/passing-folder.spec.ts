// What a killed process has left goes with the next one; what belongs to others stays.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import process from 'node:process';
import { passingFolder } from './passing-folder.js';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'passing-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('removes those of processes that have ended, and no other', () => {
  const own = basename(passingFolder('board', folder));
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  const of = (process: number, name = own): string => name.replace(/-\d+-/, `-${process}-`);
  const others = [
    // At work.
    of(process.ppid),
    // Of another machine.
    of(pid).replace(/-[0-9a-f]{8}-/, '-00000000-'),
    // Nothing of this tool's.
    `my${of(pid)}`,
  ];
  for (const name of [of(pid), of(pid, own.replace('board', 'test')), ...others]) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'model.o'), '');
  }
  const next = basename(passingFolder('test', folder));
  expect(readdirSync(folder).sort()).toEqual([own, next, ...others].sort());
});
