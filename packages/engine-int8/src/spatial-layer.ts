// What all weighted layers do around their kernel: the input is centred into a padded image, the kernel turns it into the output.
import type { Node, PatchGeometry } from '@wherry/graph';
import type { Int8Layer } from './int8-layer.js';
import type { Kernels } from './kernels.js';
import type { MemoryPlan } from './memory-plan.js';
import { paddedImage, type PaddedImage } from './padded-image.js';
import { Buffer8, type Bind } from './step.js';

export interface SpatialLayer {
  readonly node: Node;
  readonly layer: Int8Layer;
  readonly geometry: PatchGeometry;
  /** Filters per input channel: each of its values stands in the image so many times. 1 unless the layer is depthwise. */
  readonly repeat: number;
}

/** Computes one batch from the image into int8 values at an address. */
export type ImageKernel = (kernels: Kernels['call'], outputAt: number) => void;

/** `kernelFor` places what the kernel needs besides the image, which will lie at `imageAt`. */
export function bindSpatialLayer(
  { node, layer, geometry: g, repeat }: SpatialLayer,
  plan: MemoryPlan,
  kernelFor: (image: PaddedImage, imageAt: number) => ImageKernel,
): Bind {
  const rowValues = g.inputW * g.inputChannels;
  const image = paddedImage(g, g.inputChannels * repeat);
  const imageAt = plan.reserve(image.bytes);
  const [source, target] = [new Buffer8(plan, layer.input.shape), new Buffer8(plan, layer.output.shape)];
  const outputBytes = g.outputH * g.outputW * layer.channels;
  const kernel = kernelFor(image, imageAt);
  return (kernels) => {
    const [input, output] = [source.view(kernels), target.view(kernels)];
    return (values) => {
      input.set(values[node.inputs[0]!] as Int8Array);
      for (let batch = 0; batch < g.batches; batch++) {
        const from = source.at + batch * g.inputH * rowValues;
        kernels.call.centre(
          from,
          g.inputH,
          rowValues,
          layer.inputZeroPoint,
          repeat,
          imageAt + image.origin,
          image.rowBytes,
        );
        kernel(kernels.call, target.at + batch * outputBytes);
      }
      values[node.outputs[0]!] = output;
    };
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
