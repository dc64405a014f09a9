// Reads exact amounts from a stream of chunks, with one reused buffer.
import { refuse } from '../refuse.js';

export class ByteReader {
  readonly #chunks: AsyncIterator<Uint8Array>;
  readonly #name: string;
  #chunk = new Uint8Array(0);
  #at = 0;
  #buffer = new Uint8Array(0);
  /** Bytes given out so far. */
  position = 0;

  constructor(chunks: AsyncIterable<Uint8Array>, name: string) {
    this.#chunks = chunks[Symbol.asyncIterator]();
    this.#name = name;
  }

  /** The next `length` bytes, valid until the next call; undefined at the end. Refuses when it ends halfway. */
  async next(length: number): Promise<Uint8Array | undefined> {
    if (this.#chunk.length - this.#at >= length) return this.#take(length);
    if (this.#buffer.length < length) this.#buffer = new Uint8Array(length);
    let filled = 0;
    while (filled < length) {
      if (this.#at === this.#chunk.length && !(await this.#refill())) break;
      const part = this.#take(Math.min(length - filled, this.#chunk.length - this.#at));
      this.#buffer.set(part, filled);
      filled += part.length;
    }
    if (filled === 0 && length > 0) return undefined;
    if (filled < length) this.#endsAt(length, filled);
    return this.#buffer.subarray(0, length);
  }

  /** As `next`, where an end is refused as well. */
  async need(length: number): Promise<Uint8Array> {
    return (await this.next(length)) ?? this.#endsAt(length, 0);
  }

  /** Refuses when anything is left. */
  async expectEnd(): Promise<void> {
    if (this.#at < this.#chunk.length || (await this.#refill())) {
      refuse('DATA_TRUNCATED', {
        what: `there are more bytes than the ${this.position} that the header gives`,
        where: this.#name,
        next: 'write the file again, or correct its declared shape',
      });
    }
  }

  async close(): Promise<void> {
    await this.#chunks.return?.();
  }

  #take(length: number): Uint8Array {
    const part = this.#chunk.subarray(this.#at, this.#at + length);
    this.#at += length;
    this.position += length;
    return part;
  }

  async #refill(): Promise<boolean> {
    for (;;) {
      const next = await this.#chunks.next();
      if (next.done === true) return false;
      const { value } = next;
      if (value.length === 0) continue;
      this.#chunk = value as Uint8Array<ArrayBuffer>;
      this.#at = 0;
      return true;
    }
  }

  #endsAt(wanted: number, got: number): never {
    return refuse('DATA_TRUNCATED', {
      what: `the data ends after ${got} of the ${wanted} bytes needed next`,
      where: `${this.#name}, byte ${this.position}`,
      next: 'copy or write the file again; if its shape or type is declared, correct that',
    });
  }
}
