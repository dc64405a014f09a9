// A report in a file of its own, beside what a command prints.
import { WherryError } from '@wherry/graph';
import { pipelineDiagnostics } from '../diagnostics.js';
import { readRegularFile } from '../inputs/read-regular-file.js';
import { explainOutput } from './output-fault.js';
import { writeWholeFile } from './whole-file.js';

const greatestBytes = 1 << 26;

/**
 * `start`: what every report of the kind begins with, so that no other file is taken for an older one. Throws OUTPUT_NOT_OURS
 * where such a file stands there, and OUTPUT_FAILED.
 */
export async function writeReportFile(path: string, text: string, start: string): Promise<void> {
  const there = await readRegularFile(path, greatestBytes);
  const isOurs = there instanceof Uint8Array && Buffer.from(there).toString('utf8').startsWith(start);
  const isFree = there instanceof Uint8Array ? there.length === 0 : there.kind === 'missing';
  if (!isOurs && !isFree)
    throw new WherryError(pipelineDiagnostics.OUTPUT_NOT_OURS, {
      what: there instanceof Uint8Array ? 'a file stands there that is no such report' : there.what,
      where: path,
      next: 'give another file, or move that one away',
    });
  try {
    await writeWholeFile(path, text);
  } catch (error) {
    throw explainOutput(error, path);
  }
}
