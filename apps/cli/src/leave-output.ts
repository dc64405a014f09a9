// Leaves a result in a file or a folder, if it can: the result is the same without it, and is still to be told.
import type { Interruption } from './terminal/interruption.js';
import { describeFailure } from './terminal/failure.js';
import { remarksOn } from './terminal/standard-streams.js';

/** `write`: puts it in place, whole or not at all. Throws only where it was asked to stop. */
export async function leaveOutput(
  what: string,
  write: () => Promise<unknown>,
  interruption: Pick<Interruption, 'during' | 'signal'>,
): Promise<void> {
  try {
    await interruption.during(what, write);
  } catch (error) {
    if (interruption.signal.aborted) throw error;
    tellUnwritten(error);
  }
}

/** On stderr; it is the exit code where there is no other one. */
export function tellUnwritten(error: unknown): void {
  const { exitCode, text } = describeFailure(error);
  process.exitCode ||= exitCode;
  remarksOn(process.stderr).write(`${text}\n`);
}
