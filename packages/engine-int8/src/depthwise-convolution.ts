// DEPTHWISE_CONV_2D on the kernels.
import { patchGeometry, type Graph, type Node, type PatchGeometry } from '@wherry/graph';
import { int8Layer, type Int8Layer } from './int8-layer.js';
import { blockChannels } from './layout.js';
import type { MemoryPlan } from './memory-plan.js';
import { placeDepthwise } from './pack-weights.js';
import { bindSpatialLayer, filterOffsets } from './spatial-layer.js';
import type { Bind } from './step.js';

export function prepareDepthwise(graph: Graph, node: Node, plan: MemoryPlan): Bind | undefined {
  if (node.kind !== 'DEPTHWISE_CONV_2D') return undefined;
  const layer = int8Layer(graph, node);
  if (layer === undefined) return undefined;
  return bindDepthwise(node, layer, patchGeometry(layer.input.shape, layer.weights.shape, node.attributes), plan);
}

function bindDepthwise(node: Node, layer: Int8Layer, geometry: PatchGeometry, plan: MemoryPlan): Bind {
  const { channels, weights } = layer;
  const blocks = Math.ceil(channels / blockChannels);
  const repeat = channels / geometry.inputChannels;
  return bindSpatialLayer({ node, layer, geometry, repeat }, plan, (image) => {
    const offsets = filterOffsets(geometry, image);
    const pairs = Math.ceil(offsets.length / 2);
    // A tap without a partner has the first place beside it, with weights of 0.
    const taps = plan.constant(Int32Array.from({ length: 2 * pairs }, (_, tap) => offsets[tap] ?? 0));
    const packed = placeDepthwise(weights.data, offsets.length, channels, plan);
    const scaling = plan.constant(layer.scaling);
    return ({ convolveDepthwise }, imageAt, outputAt) =>
      convolveDepthwise(
        imageAt,
        taps.at,
        pairs,
        packed.at,
        scaling.at,
        blocks,
        outputAt,
        channels,
        geometry.outputH,
        geometry.outputW,
        geometry.strideH * image.rowBytes,
        geometry.strideW * image.pixelBytes,
      );
  });
}
