// The lock beside an output folder, where it is not what a run leaves there.
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { whileLocked } from './output-lock.js';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'wherry-lock-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('waits for a lock that cannot be read, no longer than it may, and says which it is', async () => {
  const lock = join(folder, '.out.wherry-lock');
  mkdirSync(lock);
  const started = performance.now();
  await expect(whileLocked(lock, 'out', () => Promise.resolve('never'), { longest: 60 })).rejects.toThrow(
    /^OUTPUT_BUSY: another run holds it[^]*remove .*\.out\.wherry-lock/,
  );
  expect(performance.now() - started).toBeGreaterThan(50);
  expect(readdirSync(folder)).toHaveLength(1);
});
