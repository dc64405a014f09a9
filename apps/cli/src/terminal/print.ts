// The one way of writing to the standard output: a document for programs, or text for people.
import { deliver } from './standard-streams.js';

export interface PrintOptions {
  readonly json?: boolean;
}

/** `text` is asked for only when it is printed. `inPlace`: what the command has written. Throws STDOUT_FAILED. */
export function print(options: PrintOptions, document: object, text: () => string, inPlace?: string): Promise<void> {
  const isDocument = options.json === true;
  const answer = isDocument ? `${JSON.stringify(document, null, 2)}\n` : `${text()}\n`;
  return deliver(process.stdout, answer, { isDocument, inPlace });
}
