// Where what an executor needs lies in the memory of its kernels: planned first, so that the memory never moves in use.
import { slackBytes } from './layout.js';

/** Vectors may lie anywhere, but within a cache line they are read at once. */
const alignment = 16;

export class MemoryPlan {
  #bytes = 0;
  readonly #contents: { readonly at: number; readonly data: Int16Array | Int32Array }[] = [];

  /** Of the whole plan so far. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Address of `bytes` zeros and the slack behind them. */
  reserve(bytes: number): number {
    const at = this.#bytes;
    this.#bytes += Math.ceil((bytes + slackBytes) / alignment) * alignment;
    return at;
  }

  /** Address of a copy of `data`. */
  place(data: Int16Array | Int32Array): number {
    const at = this.reserve(data.byteLength);
    this.#contents.push({ at, data });
    return at;
  }

  /** Makes `memory`, which may have served another plan, what was planned. */
  fill(memory: ArrayBuffer): void {
    const bytes = new Uint8Array(memory, 0, this.#bytes);
    bytes.fill(0);
    for (const { at, data } of this.#contents)
      bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
  }
}
