// A float model with its channels evened out as a quantized file has them: the same function, in the weights of the file.
import type { Graph, Node } from '@wherry/graph';
import {
  channelOf,
  channelPairs,
  inputChannelOf,
  scaledChannels,
  weightedLayer,
  type ChannelPair,
} from '@wherry/quantizer';

/** The weights that the file has in the place of those of a node of the float model; undefined where nothing goes with it. */
export type GivenWeights = (node: Node) => Float32Array | undefined;

/**
 * Factors of channels are read off the layer in front, and believed by the layer behind, which has them taken out again: there they
 * have to bring the weights at least twice as close. Nodes and tensors keep their places.
 */
export function evenedAlike(float: Graph, givenOf: GivenWeights): Graph {
  let evened = float;
  for (const found of channelPairs(float)) {
    // The consumer of one pair is the producer of the next.
    const pair = {
      ...found,
      producer: weightedLayer(evened, found.producer.node)!,
      consumer: weightedLayer(evened, found.consumer.node)!,
    };
    const [front, behind] = [pair.producer, pair.consumer].map(({ node, weights }) => {
      const given = givenOf(node);
      return given?.length === weights.length ? given : undefined;
    });
    if (front === undefined || behind === undefined) continue;
    const scales = factorsOf(pair, front);
    if (scales !== undefined && takesOut(pair, behind, scales)) evened = scaledChannels(evened, pair, scales);
  }
  return evened;
}

/** Least squares, a channel each; undefined where one is no positive number. */
function factorsOf({ producer, channels }: ChannelPair, given: Float32Array): Float64Array | undefined {
  const [products, powers] = [new Float64Array(channels), new Float64Array(channels)];
  producer.weights.forEach((weight, i) => {
    const channel = channelOf(producer, i);
    products[channel]! += weight * given[i]!;
    powers[channel]! += weight ** 2;
  });
  // A channel of zeros tells nothing, and is none at any factor.
  const factors = products.map((product, c) => (powers[c] === 0 ? 1 : product / powers[c]!));
  return factors.every((factor) => factor > 0 && Number.isFinite(factor)) ? factors : undefined;
}

const closer = 2;

function takesOut({ consumer, channels }: ChannelPair, given: Float32Array, scales: Float64Array): boolean {
  let [plain, scaled] = [0, 0];
  consumer.weights.forEach((weight, i) => {
    plain += (given[i]! - weight) ** 2;
    scaled += (given[i]! - weight / scales[inputChannelOf(consumer, i, channels)]!) ** 2;
  });
  return scaled * closer ** 2 < plain;
}
