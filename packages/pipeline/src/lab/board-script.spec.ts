// The script of a board: what it is told, and that nothing of it is left where it is stopped.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import type { Board } from '@wherry/lab';
import { runBoardScript } from './board-script.js';

jest.setTimeout(30_000);

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'board-script-'))));
afterEach(() => rmSync(folder, { recursive: true }));
const at = (name: string): string => join(folder, name);

const board: Board = { id: '000683', platform: 'stm32f4', connected: true, serial: '/dev/x' };
const model = { name: 'small', isNamed: true };
const script = (lines: string): string => {
  writeFileSync(at('flash.sh'), `#!/bin/sh\ncd '${folder}'\n${lines}\n`, { mode: 0o755 });
  return at('flash.sh');
};
const run = (
  lines: string,
  given: Partial<Board> = {},
  of = model,
  signal = new AbortController().signal,
  ms?: number,
) => runBoardScript(script(lines), { board: { ...board, ...given }, profile: 'stm32f4', tier: 'hw' }, of, signal, ms);
const until = async (isThere: () => boolean): Promise<void> => {
  while (!isThere()) await new Promise((done) => setTimeout(done, 20));
};
/** A flasher, which outlives the shell that waits for it. */
const flashing = 'sleep 25 & echo $! > pid.part; mv pid.part pid; wait';
const isAtWork = (): boolean => {
  try {
    return process.kill(Number(readFileSync(at('pid'), 'utf8')), 0);
  } catch {
    return false;
  }
};

it('ends with what it started where it takes too long, and says so', async () => {
  const begun = performance.now();
  await expect(run(flashing, {}, model, undefined, 1500)).rejects.toThrow(
    /LAB_SCRIPT_FAILED: .* did not put small onto the board 000683: it was at it for more than 1.5 s, and was ended/,
  );
  expect([existsSync(at('pid')), isAtWork()]).toEqual([true, false]);
  expect(performance.now() - begun).toBeLessThan(15_000);
});

it('ends with what it started where the job is given back', async () => {
  const stop = new AbortController();
  const ended = expect(run(flashing, {}, model, stop.signal)).rejects.toThrow('stop');
  await until(() => existsSync(at('pid')));
  stop.abort(new Error('stop'));
  await ended;
  expect(isAtWork()).toBe(false);
});

it('is done when it ends, whatever it leaves in the background', async () => {
  const begun = performance.now();
  await run('sleep 8 &\nexit 0');
  await expect(run('sleep 8 &\necho no probe; exit 3')).rejects.toThrow(/it ended with 3; its last words: no probe/);
  expect(performance.now() - begun).toBeLessThan(6000);
});

it('is told which probe and which model, in words that a command line takes', async () => {
  const tells = 'echo "$WHERRY_PROBE:$WHERRY_MODEL" >> told';
  await run(tells);
  await run(tells, { probeId: '77' });
  await run(tells, {}, { ...model, isNamed: false });
  expect(readFileSync(at('told'), 'utf8')).toBe('000683:small\n77:small\n000683:\n');
});
