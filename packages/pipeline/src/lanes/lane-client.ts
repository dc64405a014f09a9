// The asking side of a lane: requests out, answers back to whoever asked.
import { errorOf } from './lane-failure.js';
import type { LaneCall, LaneCalls, LanePort, LaneReply } from './lane-messages.js';

interface Asked {
  readonly resolve: (gives: never) => void;
  readonly reject: (error: unknown) => void;
}

/** Lives as long as its port. */
export class LaneClient {
  readonly #asked = new Map<number, Asked>();
  #next = 0;
  #ended: { readonly reason: unknown } | undefined;

  /** `onBusy` is told when the first request is sent, and when no answer is awaited any more. */
  constructor(
    private readonly port: LanePort,
    private readonly onBusy: (busy: boolean) => void = () => undefined,
  ) {
    port.on('message', (message) => {
      const reply = message as LaneReply;
      const asked = this.#taken(reply.id);
      if (reply.failure === undefined) asked?.resolve(reply.gives as never);
      else asked?.reject(errorOf(reply.failure));
    });
  }

  /** Requests that are not answered. */
  get waiting(): number {
    return this.#asked.size;
  }

  ask<Call extends LaneCall>(call: Call, takes: LaneCalls[Call]['takes']): Promise<LaneCalls[Call]['gives']> {
    return new Promise((resolve, reject) => {
      if (this.#ended !== undefined) throw this.#ended.reason as Error;
      const id = this.#next++;
      if (this.#asked.size === 0) this.onBusy(true);
      this.#asked.set(id, { resolve, reject });
      this.port.postMessage({ id, call, takes });
    });
  }

  /** Whoever waits, or asks from now on, gets `reason`. */
  end(reason: unknown): void {
    this.#ended ??= { reason };
    for (const id of [...this.#asked.keys()]) this.#taken(id)?.reject(reason);
  }

  #taken(id: number): Asked | undefined {
    const asked = this.#asked.get(id);
    if (this.#asked.delete(id) && this.#asked.size === 0) this.onBusy(false);
    return asked;
  }
}
