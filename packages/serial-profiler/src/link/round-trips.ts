// How long to wait for a reply: what replies took so far, as RFC 6298 reckons it, and longer for longer frames.
import type { LinkPolicy } from './policy.js';

export interface Waiting {
  /** For a reply, counted from when its request was sent or anything came for the last time. `bytes`: of both. */
  waitMs(bytes: number): number;
  /** Counted from when its request was sent or another was replied to. */
  readonly mostMs: number;
  /** Bytes of requests and replies that the line carries in that time, as far as is known. */
  readonly mostBytes: number;
  took(milliseconds: number, bytes: number): void;
  /** Nothing came at all: whoever is busy is not to be flooded. */
  silent(): void;
}

/** Before the first reply: a byte in each millisecond, as at 9,600 baud. */
const slowest = 1;

export class RoundTrips implements Waiting {
  readonly #policy: LinkPolicy;
  #mean = 0;
  #deviation = 0;
  #bytes = 0;
  #backOff = 1;

  constructor(policy: LinkPolicy) {
    this.#policy = policy;
  }

  get mostMs(): number {
    return this.#policy.mostWaitMs;
  }

  get mostBytes(): number {
    return this.mostMs / (this.#bytes === 0 ? slowest : this.#mean / this.#bytes);
  }

  waitMs(bytes: number): number {
    const { leastWaitMs, mostWaitMs } = this.#policy;
    if (this.#bytes === 0) return Math.min(mostWaitMs, this.#backOff * (leastWaitMs + bytes * slowest));
    // What a frame takes grows with its bytes at most in proportion.
    const usual = this.#mean * Math.max(1, bytes / this.#bytes);
    return Math.min(mostWaitMs, this.#backOff * (usual + Math.max(leastWaitMs, 4 * this.#deviation)));
  }

  took(milliseconds: number, bytes: number): void {
    this.#backOff = 1;
    if (this.#bytes === 0) {
      this.#mean = milliseconds;
      this.#deviation = milliseconds / 2;
      this.#bytes = bytes;
      return;
    }
    this.#deviation += (Math.abs(milliseconds - this.#mean) - this.#deviation) / 4;
    this.#mean += (milliseconds - this.#mean) / 8;
    this.#bytes += (bytes - this.#bytes) / 8;
  }

  silent(): void {
    this.#backOff = Math.min(64, 2 * this.#backOff);
  }
}
