// Windows refuses for a moment what it allows the next: a scanner, an indexer or an editor has a file open meanwhile.
import { setTimeout as pause } from 'node:timers/promises';

/** What it answers then. Elsewhere the same codes mean what they say. */
const passing: ReadonlySet<string> = new Set(['EPERM', 'EACCES', 'EBUSY', 'ENOTEMPTY']);
const longestMs = 3_000;

/** Does `work`, again after a while where it was refused for what passes; the last refusal is thrown. */
export async function patiently<T>(
  work: () => Promise<T>,
  {
    platform = process.platform,
    most = longestMs,
  }: { readonly platform?: NodeJS.Platform; readonly most?: number } = {},
): Promise<T> {
  for (let waited = 0, next = 10; ; waited += next, next *= 2) {
    try {
      return await work();
    } catch (error) {
      const passes = platform === 'win32' && passing.has(String((error as NodeJS.ErrnoException).code));
      if (!passes || waited + next > most) throw error;
      await pause(next);
    }
  }
}
