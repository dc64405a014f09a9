// The layers whose values are judged, and the mean errors of their channels: what a bias can still take out at the end.
import {
  operatorOf,
  tensorAt,
  type FusedActivation,
  type Graph,
  type Node,
  type Quantization,
  type TensorData,
  type TensorId,
  weightedOperands,
} from '@wherry/graph';
import { writerOf } from '../optimize/neighbours.js';
import { realOf } from './judgement.js';

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
  const bias = weightedOperands(writer.kind)?.bias;
  const { activation } = writer.attributes as { readonly activation?: FusedActivation };
  return bias !== undefined && (writer.inputs[bias] ?? null) !== null && activation === 'NONE' ? writer : undefined;
}

/** What a layer gave and what it should have given, in one sample, channels last. */
export interface ErrorPair {
  readonly actual: TensorData;
  readonly expected: TensorData;
}

/** Mean error per channel, where it stands out of its own uncertainty (two standard errors over samples); 0 for the others. */
export function meanChannelErrors(
  channels: number,
  pairs: readonly ErrorPair[],
  quantization: Quantization | undefined,
): Float64Array {
  const sums = new Float64Array(channels);
  const squares = new Float64Array(channels);
  for (const { actual, expected } of pairs) {
    // Places of one sample are alike: a sample counts once.
    const own = new Float64Array(channels);
    for (let i = 0; i < actual.length; i++) own[i % channels]! += realOf(actual, i, quantization) - Number(expected[i]);
    own.forEach((sum, channel) => {
      const mean = (sum * channels) / actual.length;
      sums[channel]! += mean;
      squares[channel]! += mean * mean;
    });
  }
  return sums.map((sum, channel) => {
    const mean = sum / pairs.length;
    const variance = Math.max(0, squares[channel]! / pairs.length - mean * mean);
    return pairs.length > 1 && Math.abs(mean) > 2 * Math.sqrt(variance / (pairs.length - 1)) ? mean : 0;
  });
}
