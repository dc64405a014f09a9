// The last of what came over a line, as it came.

export class LastBytes {
  readonly #ring: Uint8Array;
  /** How many have come in all. */
  #count = 0;

  constructor(capacity: number) {
    this.#ring = new Uint8Array(capacity);
  }

  take(bytes: Uint8Array): void {
    const { length } = this.#ring;
    const last = bytes.subarray(Math.max(0, bytes.length - length));
    const at = (this.#count + bytes.length - last.length) % length;
    const first = last.subarray(0, length - at);
    this.#ring.set(first, at);
    this.#ring.set(last.subarray(first.length), 0);
    this.#count += bytes.length;
  }

  /** The oldest first. */
  all(): Uint8Array {
    const { length } = this.#ring;
    if (this.#count <= length) return this.#ring.slice(0, this.#count);
    const at = this.#count % length;
    const bytes = new Uint8Array(length);
    bytes.set(this.#ring.subarray(at), 0);
    bytes.set(this.#ring.subarray(0, at), length - at);
    return bytes;
  }
}
