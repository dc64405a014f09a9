// The layers whose values are judged, and the mean errors of their channels: what a bias can still take out at the end.
import { operatorOf, tensorAt, type FusedActivation, type Graph, type Node, type TensorId } from '@wherry/graph';
import { writerOf } from '../optimize/neighbours.js';

/**
 * The weighted layer that wrote the judged tensor `id`, possibly reshaped since; undefined when something else did, when
 * it clamps its values (what was clamped says nothing of the sum before), or when it has no bias.
 */
export function finalLayer(graph: Graph, id: TensorId): Node | undefined {
  const channels = tensorAt(graph, id).shape.at(-1);
  let writer = writerOf(graph, id);
  while (writer !== undefined && operatorOf(writer.kind).traits.sameBytes === true)
    writer = writerOf(graph, writer.inputs[0]!);
  if (writer === undefined || tensorAt(graph, writer.outputs[0]!).shape.at(-1) !== channels) return undefined;
  const { bias } = operatorOf(writer.kind).quantization;
  const { activation } = writer.attributes as { readonly activation?: FusedActivation };
  return bias !== undefined && (writer.inputs[bias.input] ?? null) !== null && activation === 'NONE'
    ? writer
    : undefined;
}

/** Sums of errors and their squares per channel. Lives as long as one measurement. */
export class ChannelErrors {
  readonly #sums: Float64Array;
  readonly #squares: Float64Array;
  #rows = 0;

  constructor(channels: number) {
    this.#sums = new Float64Array(channels);
    this.#squares = new Float64Array(channels);
  }

  /** `errorAt` gives the error of each of `count` values, channels last. */
  add(count: number, errorAt: (i: number) => number): void {
    for (let i = 0; i < count; i++) {
      const error = errorAt(i);
      this.#sums[i % this.#sums.length]! += error;
      this.#squares[i % this.#sums.length]! += error * error;
    }
    this.#rows += count / this.#sums.length;
  }

  /** Means that stand out of their own uncertainty (two standard errors); 0 for the others. */
  get certainMeans(): Float64Array {
    return this.#sums.map((sum, channel) => {
      const mean = sum / this.#rows;
      const variance = Math.max(0, this.#squares[channel]! / this.#rows - mean * mean);
      return this.#rows > 1 && Math.abs(mean) > 2 * Math.sqrt(variance / (this.#rows - 1)) ? mean : 0;
    });
  }
}
