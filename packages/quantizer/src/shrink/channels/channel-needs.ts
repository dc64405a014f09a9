// Which channels of each tensor have to stay; what is not marked can go.
import { tensorAt, type Graph, type TensorId } from '@wherry/graph';
import { channelsOf } from '../bounds/channel-bounds.js';

/** Grows only: a channel that is needed once stays needed. */
export class ChannelNeeds {
  readonly #graph: Graph;
  readonly #needed = new Map<TensorId, Uint8Array>();
  /** Counts what was marked, so that a loop can tell whether anything was. */
  marked = 0;

  constructor(graph: Graph) {
    this.#graph = graph;
  }

  isNeeded(id: TensorId, channel: number): boolean {
    return this.of(id)[channel] === 1;
  }

  /** 1 where the channel is needed. */
  of(id: TensorId): Uint8Array {
    const known = this.#needed.get(id) ?? new Uint8Array(channelsOf(tensorAt(this.#graph, id)));
    this.#needed.set(id, known);
    return known;
  }

  mark(id: TensorId, channel: number): void {
    const needed = this.of(id);
    if (needed[channel] !== 0) return;
    needed[channel] = 1;
    this.marked += 1;
  }

  markAll(id: TensorId): void {
    for (let channel = 0; channel < this.of(id).length; channel++) this.mark(id, channel);
  }

  /** The channels that stay, in order. */
  kept(id: TensorId): readonly number[] {
    return Array.from(this.of(id), (needed, channel) => (needed === 1 ? channel : -1)).filter(
      (channel) => channel >= 0,
    );
  }
}
