// A text of an output set as a whole, for tests.
import type { OutputFiles } from '../output/output-mark.js';

/** '' where there is no such file. */
export function fileText(files: OutputFiles, name: string): string {
  const content = files.get(name) ?? '';
  if (content instanceof Uint8Array) throw new TypeError(`${name} is no text`);
  return typeof content === 'string' ? content : [...content].join('');
}
