// Folders that stand for as long as a process works in them; one that was killed cannot remove its own, and the next one does.
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

/** In the names: processes of another machine, or of a container, are not known here by their numbers. */
const machine = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
const nameForm = /^wherry-[a-z]+-(\d+)-([0-9a-f]{8})-\w+$/;

/** A fresh one, `among` the system's temporary folders. `what`: small letters. Throws what the file system refuses. */
export function passingFolder(what: string, among: string = tmpdir()): string {
  for (const left of leftBehind(among)) rmSync(left, { recursive: true, force: true });
  return mkdtempSync(join(among, `wherry-${what}-${process.pid}-${machine}-`));
}

/** Those of processes that have ended. */
function leftBehind(among: string): readonly string[] {
  return readdirSync(among)
    .filter((name) => {
      const [, pid, host] = nameForm.exec(name) ?? [];
      return pid !== undefined && host === machine && hasEnded(Number(pid));
    })
    .map((name) => join(among, name));
}

function hasEnded(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
