// Which bytes of a whole are here, on their way, or missing.
import type { Part } from '@wherry/device-protocol';

const missing = 0;
const onTheWay = 1;
const here = 2;

export class Parts {
  readonly total: number;
  readonly #states: Uint8Array;
  /** All before it are here. */
  #from = 0;
  #here = 0;

  /** `from`: what is before it is not wanted. */
  constructor(total: number, from = 0) {
    this.total = total;
    this.#states = new Uint8Array(total).fill(here, 0, from);
    this.#from = this.#here = from;
  }

  get whole(): boolean {
    return this.#here === this.total;
  }

  /** The first that is missing, of at most so many bytes, now on its way; null where none is. */
  take(most: number): Part | null {
    const offset = this.#states.indexOf(missing, this.#from);
    if (offset < 0) return null;
    let end = offset;
    while (end < this.total && end - offset < most && this.#states[end] === missing) this.#states[end++] = onTheWay;
    return { offset, length: end - offset };
  }

  /** It did not come. */
  giveBack({ offset, length }: Part): void {
    for (let at = offset; at < offset + length; at++) if (this.#states[at] === onTheWay) this.#states[at] = missing;
  }

  came({ offset, length }: Part): void {
    for (let at = offset; at < offset + length; at++) {
      if (this.#states[at] !== here) this.#here++;
      this.#states[at] = here;
    }
    while (this.#from < this.total && this.#states[this.#from] === here) this.#from++;
  }
}
