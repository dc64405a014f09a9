// Leaves the page of a result in a file.
import { writePage } from '@wherry/pipeline';
import { leaveOutput } from './leave-output.js';
import type { Interruption } from './terminal/interruption.js';

type ReportPage = Parameters<typeof writePage>[1];

/** One that cannot be made is told as one that cannot be written. Throws only where it was asked to stop. */
export function leavePage(
  path: string,
  make: () => ReportPage | Promise<ReportPage>,
  interruption: Interruption,
): Promise<void> {
  return leaveOutput(`the page ${path}`, async () => writePage(path, await make(), interruption.signal), interruption);
}
