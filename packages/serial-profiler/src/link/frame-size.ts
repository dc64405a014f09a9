// How much data to put into a frame: as much as comes through.

/** On a line where bytes are lost, short frames come through. */
const least = 8;
const first = 256;
/** Successes in a row after which more is tried. */
const enough = 4;

export class FrameSize {
  #bytes = first;
  #most = first;
  #row = 0;

  get bytes(): number {
    return Math.min(this.#bytes, this.#most);
  }

  /** What the device takes. */
  limit(most: number): void {
    this.#most = most;
  }

  cameThrough(): void {
    if (++this.#row < enough) return;
    this.#row = 0;
    this.#bytes = Math.min(this.#most, 2 * this.#bytes);
  }

  wasLost(): void {
    this.#row = 0;
    this.#bytes = Math.max(least, this.bytes >> 1);
  }
}
