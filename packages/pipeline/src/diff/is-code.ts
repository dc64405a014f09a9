// Whether an output folder holds its model as code.
import { reportValue } from './compare-metadata.js';
import type { Side } from './read-side.js';

/** By its report. A mere file is none. */
export function isCode({ folder }: Side): boolean {
  const compiled = reportValue(folder?.report, 'memory.compiled');
  return compiled !== undefined && compiled !== null;
}
