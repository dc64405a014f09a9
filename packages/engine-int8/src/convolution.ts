// CONV_2D, grouped or not, and FULLY_CONNECTED on the kernels.
import { elementCount, patchGeometry, tensorAt, type Graph, type Node, type PatchGeometry } from '@wherry/graph';
import { int8Layer, type Int8Layer } from './int8-layer.js';
import { blockChannels } from './layout.js';
import type { MemoryPlan } from './memory-plan.js';
import { placeFilters, type FilterShape } from './pack-weights.js';
import type { PaddedImage } from './padded-image.js';
import { bindSpatialLayer, filterOffsets, type ImageKernel } from './spatial-layer.js';
import type { Bind } from './step.js';

const unitSteps = { padding: 'VALID', strideH: 1, strideW: 1, dilationH: 1, dilationW: 1 } as const;

export function prepareConvolution(graph: Graph, node: Node, plan: MemoryPlan): Bind | undefined {
  if (node.kind !== 'CONV_2D' && node.kind !== 'FULLY_CONNECTED') return undefined;
  const groups = node.kind === 'CONV_2D' ? groupsOf(graph, node) : 1;
  const layer = int8Layer(graph, node, groups);
  if (layer === undefined) return undefined;
  const geometry =
    node.kind === 'CONV_2D'
      ? patchGeometry(layer.input.shape, layer.weights.shape, node.attributes)
      : denseGeometry(layer);
  const g = groups === 1 && isPointwise(geometry) ? denseGeometry(layer) : geometry;
  return bindSpatialLayer({ node, layer, geometry: g, repeat: 1 }, plan, (image) =>
    placeKernel(layer, groups, g, image, plan),
  );
}

function groupsOf(graph: Graph, { inputs: [input, filter] }: Node): number {
  return tensorAt(graph, input!).shape[3]! / tensorAt(graph, filter!).shape[3]!;
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

function placeKernel(
  { channels, weights, scaling }: Int8Layer,
  groups: number,
  g: PatchGeometry,
  image: PaddedImage,
  plan: MemoryPlan,
): ImageKernel {
  const filters = channels / groups;
  // The places of a filter's row are neighbours in the image too, unless other groups lie between: one run of values.
  const inRows = groups === 1 && g.dilationW === 1;
  const shape: FilterShape = {
    filters,
    taps: inRows ? g.filterH : g.filterH * g.filterW,
    length: inRows ? g.filterW * g.groupChannels : g.groupChannels,
  };
  const pairs = Math.ceil(shape.length / 2);
  const packed = placeFilters(weights.data, groups, shape, plan);
  const scales = plan.constant(scaling);
  if (groups === 1 && shape.taps === 1 && g.outputH === 1 && g.outputW === 1) {
    const blocks = Math.ceil(channels / blockChannels);
    return ({ multiply }, imageAt, outputAt) => multiply(imageAt, pairs, packed.at, scales.at, blocks, outputAt);
  }
  const offsets = filterOffsets(g, image).filter((_, place) => !inRows || place % g.filterW === 0);
  const taps = plan.constant(Int32Array.from(offsets));
  return ({ convolve }, imageAt, outputAt) =>
    convolve(
      imageAt,
      taps.at,
      shape.taps,
      pairs,
      packed.at,
      scales.at,
      groups,
      2 * g.groupChannels,
      filters,
      outputAt,
      g.outputH,
      g.outputW,
      g.strideH * image.rowBytes,
      g.strideW * image.pixelBytes,
    );
}
