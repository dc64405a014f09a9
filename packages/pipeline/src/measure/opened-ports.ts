// Ports that are opened while a measurement may be called off: none of them stays open.
import type { Port } from '@wherry/serial-profiler';

export class OpenedPorts {
  readonly #ports = new Set<Port>();
  readonly #signal: AbortSignal | undefined;

  constructor(signal: AbortSignal | undefined) {
    this.#signal = signal;
    signal?.addEventListener('abort', () => this.#ports.forEach((port) => port.close()), { once: true });
  }

  /** The port; closed, and the reason of the signal thrown, where nobody waits for it any more. */
  async keep(opening: Promise<Port>): Promise<Port> {
    const port = await opening;
    if (this.#signal?.aborted === true) port.close();
    this.#signal?.throwIfAborted();
    this.#ports.add(port);
    return port;
  }
}
