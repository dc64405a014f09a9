// Time that passes only where nothing is left to do in the present: the same order of events in every run.
import type { Cancel, Time } from '../time.js';

interface Event {
  readonly at: number;
  readonly order: number;
  /** Null once it is cancelled. */
  act: (() => void) | null;
}

export class VirtualTime implements Time {
  #now = 0;
  #scheduled = 0;
  /** A binary heap, the next event first. */
  readonly #events: Event[] = [];

  now(): number {
    return this.#now;
  }

  after(milliseconds: number, act: () => void): Cancel {
    const event: Event = { at: this.#now + Math.max(0, milliseconds), order: this.#scheduled++, act };
    this.#insert(event);
    return () => {
      event.act = null;
    };
  }

  /** Lets time pass until the promise is settled. Throws where it never will be: nothing is scheduled any more. */
  async run<T>(promise: Promise<T>): Promise<T> {
    let settled = false;
    const settle = (): void => {
      settled = true;
    };
    promise.then(settle, settle);
    for (;;) {
      // All that promises have still to do in the present.
      await new Promise(setImmediate);
      if (settled) return promise;
      const next = this.#takeNext();
      if (next === undefined) throw new Error(`nothing happens after ${this.#now} ms, and nothing has come of it`);
      this.#now = next.at;
      next.act?.();
    }
  }

  #takeNext(): Event | undefined {
    for (;;) {
      const event = this.#remove();
      if (event === undefined || event.act !== null) return event;
    }
  }

  #insert(event: Event): void {
    const events = this.#events;
    let at = events.length;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (isBefore(events[parent]!, event)) break;
      events[at] = events[parent]!;
      at = parent;
    }
    events[at] = event;
  }

  #remove(): Event | undefined {
    const events = this.#events;
    const first = events[0];
    const last = events.pop();
    if (first === undefined || last === undefined || events.length === 0) return first;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= events.length) break;
      if (child + 1 < events.length && isBefore(events[child + 1]!, events[child]!)) child++;
      if (isBefore(last, events[child]!)) break;
      events[at] = events[child]!;
      at = child;
    }
    events[at] = last;
    return first;
  }
}

function isBefore(one: Event, other: Event): boolean {
  return one.at < other.at || (one.at === other.at && one.order < other.order);
}
