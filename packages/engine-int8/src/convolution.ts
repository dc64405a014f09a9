// CONV_2D and FULLY_CONNECTED on the kernels.
import { elementCount, patchGeometry, type Graph, type Node, type PatchGeometry } from '@wherry/graph';
import { int8Layer, type Int8Layer } from './int8-layer.js';
import { blockChannels } from './layout.js';
import type { MemoryPlan } from './memory-plan.js';
import { packFilters } from './pack-weights.js';
import { remembered } from './remembered.js';
import { bindSpatialLayer, filterOffsets } from './spatial-layer.js';
import type { Bind } from './step.js';

const packed = new WeakMap<Int8Array, Int16Array>();

const unitSteps = { padding: 'VALID', strideH: 1, strideW: 1, dilationH: 1, dilationW: 1 } as const;

export function prepareConvolution(graph: Graph, node: Node, plan: MemoryPlan): Bind | undefined {
  if (node.kind !== 'CONV_2D' && node.kind !== 'FULLY_CONNECTED') return undefined;
  const layer = int8Layer(graph, node);
  if (layer === undefined) return undefined;
  if (node.kind === 'FULLY_CONNECTED') return bindConvolution(node, layer, denseGeometry(layer), plan);
  const geometry = patchGeometry(layer.input.shape, layer.weights.shape, node.attributes);
  if (geometry.groupChannels !== geometry.inputChannels) return undefined;
  return bindConvolution(node, layer, isPointwise(geometry) ? denseGeometry(layer) : geometry, plan);
}

/** Every output pixel is the product of one pixel of the input, in order. */
function isPointwise({ filterH, filterW, strideH, strideW }: PatchGeometry): boolean {
  return filterH === 1 && filterW === 1 && strideH === 1 && strideW === 1;
}

/** Vectors times a matrix, as a convolution of a line of so many pixels. */
function denseGeometry({ input, weights, channels }: Int8Layer): PatchGeometry {
  const depth = weights.shape.at(-1)!;
  return patchGeometry([1, 1, elementCount(input.shape) / depth, depth], [channels, 1, 1, depth], unitSteps);
}

function bindConvolution(node: Node, layer: Int8Layer, g: PatchGeometry, plan: MemoryPlan): Bind {
  const { channels, weights, scaling } = layer;
  const blocks = Math.ceil(channels / blockChannels);
  // The places of a filter's row are neighbours in the image too: one run of values.
  const [runs, length] =
    g.dilationW === 1 ? [g.filterH, g.filterW * g.inputChannels] : [g.filterH * g.filterW, g.inputChannels];
  const pairs = Math.ceil(length / 2);
  return bindSpatialLayer({ node, layer, geometry: g, repeat: 1 }, plan, (image, imageAt) => {
    const offsets = filterOffsets(g, image).filter((_, place) => runs > g.filterH || place % g.filterW === 0);
    const [offsetsAt, weightsAt, scalingAt] = [
      plan.place(Int32Array.from(offsets)),
      plan.place(remembered(packed, weights.data, () => packFilters(weights.data, channels, runs, length))),
      plan.place(scaling),
    ];
    if (runs === 1 && g.outputH === 1 && g.outputW === 1) {
      return ({ multiply }, outputAt) => multiply(imageAt, pairs, weightsAt, scalingAt, blocks, outputAt);
    }
    return ({ convolve }, outputAt) =>
      convolve(
        imageAt,
        offsetsAt,
        runs,
        pairs,
        weightsAt,
        scalingAt,
        blocks,
        outputAt,
        channels,
        g.outputH,
        g.outputW,
        g.strideH * image.rowBytes,
        g.strideW * image.pixelBytes,
      );
  });
}
