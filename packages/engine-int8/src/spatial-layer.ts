// What all weighted layers do around their kernel: the input is centred into a padded image, the kernel turns it into the output.
import type { Node, PatchGeometry } from '@wherry/graph';
import type { Int8Layer } from './int8-layer.js';
import type { Kernels } from './kernels.js';
import type { MemoryPlan } from './memory-plan.js';
import { paddedImage, type PaddedImage } from './padded-image.js';
import type { Bind } from './step.js';

export interface SpatialLayer {
  readonly node: Node;
  readonly layer: Int8Layer;
  readonly geometry: PatchGeometry;
  /** Filters per input channel: each of its values stands in the image so many times. 1 unless the layer is depthwise. */
  readonly repeat: number;
}

/** Computes one batch from the image at an address into int8 values at another. */
export type ImageKernel = (kernels: Kernels['call'], imageAt: number, outputAt: number) => void;

/** `kernelFor` places what the kernel needs besides the image. */
export function bindSpatialLayer(
  { node, layer, geometry: g, repeat }: SpatialLayer,
  plan: MemoryPlan,
  kernelFor: (image: PaddedImage) => ImageKernel,
): Bind {
  const rowValues = g.inputW * g.inputChannels;
  const image = paddedImage(g, g.inputChannels * repeat);
  const [source, target] = [plan.tensor(node.inputs[0]!), plan.tensor(node.outputs[0]!)];
  const scratch = plan.scratch(image.bytes);
  const outputBytes = g.outputH * g.outputW * layer.channels;
  const kernel = kernelFor(image);
  return ({ call }) =>
    () => {
      for (let batch = 0; batch < g.batches; batch++) {
        call.centre(
          source.at + batch * g.inputH * rowValues,
          g.inputH,
          rowValues,
          layer.inputZeroPoint,
          repeat,
          scratch.at,
          image.bytes,
          image.origin,
          image.rowBytes,
        );
        kernel(call, scratch.at, target.at + batch * outputBytes);
      }
    };
}

/** Byte offsets, in an image, of each place of a filter from the first. */
export function filterOffsets(g: PatchGeometry, { rowBytes, pixelBytes }: PaddedImage): number[] {
  return Array.from(
    { length: g.filterH * g.filterW },
    (_, place) =>
      Math.floor(place / g.filterW) * g.dilationH * rowBytes + (place % g.filterW) * g.dilationW * pixelBytes,
  );
}
