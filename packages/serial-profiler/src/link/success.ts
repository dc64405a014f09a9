// Which part of all tries comes through.

/** About so many are remembered. */
const memory = 16;

export class Success {
  #share = 1;

  /** From 0 to 1. */
  get share(): number {
    return this.#share;
  }

  cameThrough(): void {
    this.#share += (1 - this.#share) / memory;
  }

  wasLost(): void {
    this.#share -= this.#share / memory;
  }
}
