// DEPTHWISE_CONV_2D on the kernels.
import { patchGeometry, type Graph, type Node } from '@wherry/graph';
import { int8Layer } from './int8-layer.js';
import { blockChannels } from './layout.js';
import type { MemoryPlan } from './memory-plan.js';
import { packDepthwise } from './pack-weights.js';
import { bindSpatialLayer, filterOffsets } from './spatial-layer.js';
import type { Bind } from './step.js';

export function prepareDepthwise(graph: Graph, node: Node, plan: MemoryPlan): Bind | undefined {
  if (node.kind !== 'DEPTHWISE_CONV_2D') return undefined;
  const layer = int8Layer(graph, node);
  if (layer === undefined) return undefined;
  const { channels, input, weights, scaling } = layer;
  const geometry = patchGeometry(input.shape, weights.shape, node.attributes);
  const blocks = Math.ceil(channels / blockChannels);
  return bindSpatialLayer(
    { node, layer, geometry, repeat: channels / geometry.inputChannels },
    plan,
    (image, imageAt) => {
      const offsets = filterOffsets(geometry, image);
      const pairs = Math.ceil(offsets.length / 2);
      // A tap without a partner has the first place beside it, with weights of 0.
      const offsetsAt = plan.place(Int32Array.from({ length: 2 * pairs }, (_, tap) => offsets[tap] ?? 0));
      const [weightsAt, scalingAt] = [
        plan.place(packDepthwise(weights.data, offsets.length, channels)),
        plan.place(scaling),
      ];
      return ({ convolveDepthwise }, outputAt) =>
        convolveDepthwise(
          imageAt,
          offsetsAt,
          pairs,
          weightsAt,
          scalingAt,
          blocks,
          outputAt,
          channels,
          geometry.outputH,
          geometry.outputW,
          geometry.strideH * image.rowBytes,
          geometry.strideW * image.pixelBytes,
        );
    },
  );
}
