// Lines out of a stream of bytes, in bounded memory, whatever comes.

const mostBytes = 65_536;

export class TextLines {
  readonly #line: (line: string) => void;
  #kept = '';

  /** Gets each line without its end and without blanks around it; longer ones than are kept not at all. */
  constructor(line: (line: string) => void) {
    this.#line = line;
  }

  push(bytes: Uint8Array): void {
    const parts = Buffer.from(bytes).toString('latin1').split('\n');
    for (const [at, part] of parts.entries()) {
      // One that is too long is remembered as such until it ends.
      if (this.#kept.length <= mostBytes) this.#kept += part.slice(0, mostBytes + 1);
      if (at === parts.length - 1) return;
      if (this.#kept.length <= mostBytes) this.#line(this.#kept.trim());
      this.#kept = '';
    }
  }
}
