// Leaves the page of a result in a file, if it can: the result is the same without it.
import { writePage } from '@wherry/pipeline';
import type { Interruption } from './terminal/interruption.js';
import { describeFailure } from './terminal/failure.js';
import { remarksOn } from './terminal/standard-streams.js';

/**
 * What cannot be made or written is told on stderr, and is the exit code where there is none yet. Throws only where it was asked
 * to stop.
 */
export async function leavePage(
  path: string,
  make: () => Parameters<typeof writePage>[1],
  interruption: Interruption,
): Promise<void> {
  const { signal } = interruption;
  try {
    await interruption.during(`the page ${path}`, () => writePage(path, make(), signal));
  } catch (error) {
    if (signal.aborted) throw error;
    const { exitCode, text } = describeFailure(error);
    process.exitCode ??= exitCode;
    remarksOn(process.stderr).write(`${text}\n`);
  }
}
