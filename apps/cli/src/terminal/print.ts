// The one way of writing to the standard output: a document for programs, or text for people.

export interface PrintOptions {
  readonly json?: boolean;
}

/** `text` is asked for only when it is printed. */
export function print(options: PrintOptions, document: object, text: () => string): void {
  process.stdout.write(options.json === true ? `${JSON.stringify(document, null, 2)}\n` : `${text()}\n`);
}
