// Noise in place of replies: since when, how much, and how long it is borne.
import type { LinkPolicy } from './policy.js';

/** Of the bytes asked for, so great a part comes on lines where a frame in many is whole: waiting longer has its use. */
const hopeful = { least: 0.048, most: 0.2 };
export const longer = 2;
/** Less in all that time is no answer: a busy device gives none, on any line. */
const leastBytes = 512;

export class Noise {
  readonly #policy: Pick<LinkPolicy, 'silentMs' | 'noisyMs' | 'mostWaitMs'>;
  /** Since when there was no whole frame, and no pause. */
  #since = Infinity;
  #lastAt = -Infinity;
  #heard = 0;
  #asked = 0;

  constructor(policy: Pick<LinkPolicy, 'silentMs' | 'noisyMs' | 'mostWaitMs'>) {
    this.#policy = policy;
  }

  /** For so many bytes of a reply. */
  asked(bytes: number): void {
    this.#asked += bytes;
  }

  heard(bytes: number, now: number): void {
    // Who answers is asked at least so often.
    if (now - this.#lastAt > 2 * this.#policy.mostWaitMs) this.#begin(now);
    this.#lastAt = now;
    this.#heard += bytes;
  }

  frame(now: number): void {
    this.#begin(now);
  }

  /** Infinity where there is too little of it to say so. */
  borneUntil(now: number): number {
    const { silentMs, noisyMs, mostWaitMs } = this.#policy;
    if (this.#heard < leastBytes || now - this.#lastAt > 2 * mostWaitMs) return Infinity;
    const share = this.#heard / this.#asked;
    const borne = noisyMs * (share >= hopeful.least && share <= hopeful.most ? longer : 1);
    return this.#since + Math.max(silentMs, borne);
  }

  #begin(now: number): void {
    [this.#since, this.#heard, this.#asked] = [now, 0, 0];
  }
}
