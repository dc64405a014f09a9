// Conv2DTranspose, and Conv1DTranspose as an image of height 1.
import { slidingWindow } from '@wherry/graph';
import type { LayerCall, LayerDefinition, LayerTable } from '../layer-definition.js';
import { badShape, unsupportedOption } from '../refuse.js';
import { setting, sizeSetting, stringSetting, type Settings } from '../settings.js';
import {
  biasOf,
  finish,
  imageInput,
  pairSetting,
  spatial,
  withBias,
  type Pair,
  type Rank,
} from './convolution-parts.js';

interface Geometry {
  readonly kernel: Pair;
  readonly strides: Pair;
  readonly padding: 'SAME' | 'VALID';
  /** Elements that the output has more than the least; undefined where Keras chooses. */
  readonly outputPadding: Pair | undefined;
}

function geometryOf(settings: Settings, rank: Rank): Geometry {
  const ones = new Array<number>(rank).fill(1);
  const padding = stringSetting(settings, 'padding', 'valid');
  if (padding !== 'same' && padding !== 'valid') {
    unsupportedOption(
      `the padding ${padding} cannot be imported`,
      settings.layer,
      'use padding="same" or padding="valid"',
    );
  }
  const dilation = pairSetting(settings, 'dilation_rate', rank, 1, ones);
  if (Math.max(...dilation) > 1) {
    unsupportedOption(
      'a transposed convolution with dilation cannot be imported',
      settings.layer,
      'use dilation_rate=1 with a larger kernel_size, and train the model again',
    );
  }
  const chosen = setting(settings, 'output_padding') !== undefined;
  return {
    kernel: pairSetting(settings, 'kernel_size', rank, 1),
    strides: pairSetting(settings, 'strides', rank, 1, ones),
    padding: padding === 'same' ? 'SAME' : 'VALID',
    outputPadding: chosen ? pairSetting(settings, 'output_padding', rank, 0) : undefined,
  };
}

/** Keras' rule for the size along dimension `d`: a convolution of the same geometry brings it back to `size`. */
function outputSize(
  call: LayerCall,
  { kernel, strides, padding, outputPadding }: Geometry,
  d: 0 | 1,
  size: number,
): number {
  const [extent, stride] = [kernel[d], strides[d]];
  const least = (size - 1) * stride + (padding === 'SAME' ? extent % 2 : extent);
  const usual = padding === 'SAME' ? size * stride : (size - 1) * stride + Math.max(extent, stride);
  const output = outputPadding === undefined ? usual : least + outputPadding[d];
  if (slidingWindow(output, extent, stride, 1, padding).outputSize !== size) {
    badShape(
      `a convolution would not bring the ${output} values that it gives back to the ${size} that it reads`,
      call.graph.origin,
      'choose an output_padding smaller than strides',
    );
  }
  return output;
}

/** [H, W, out, in], as Keras stores it, to [out, H, W, in]. */
function outputsFirst(values: Float32Array, filters: number, channels: number): Float32Array {
  const places = values.length / (filters * channels);
  const result = new Float32Array(values.length);
  for (let place = 0; place < places; place++) {
    for (let filter = 0; filter < filters; filter++) {
      const from = (place * filters + filter) * channels;
      result.set(values.subarray(from, from + channels), (filter * places + place) * channels);
    }
  }
  return result;
}

function transposedConvolution(rank: Rank): LayerDefinition {
  return {
    variables: withBias(['kernel']),
    build: (call) => {
      const { graph, settings } = call;
      const geometry = geometryOf(settings, rank);
      const input = imageInput(call, rank);
      const [batch, height, width, channels] = graph.shape(input) as [number, number, number, number];
      const filters = sizeSetting(settings, 'filters', 1);
      const size = [batch, outputSize(call, geometry, 0, height), outputSize(call, geometry, 1, width), filters];
      const stored = [...spatial(geometry.kernel, rank), filters, channels];
      const kernel = graph.parameter('kernel', [filters, ...geometry.kernel, channels], () =>
        outputsFirst(call.weight('kernel', stored), filters, channels),
      );
      const spread = graph.add(
        'TRANSPOSE_CONV',
        [graph.indices('output_shape', size), kernel, input, ...biasOf(call, filters)],
        { padding: geometry.padding, strideH: geometry.strides[0], strideW: geometry.strides[1] },
      );
      return finish(call, spread, rank);
    },
  };
}

export const transposedConvolutionLayers: LayerTable = {
  Conv1DTranspose: transposedConvolution(1),
  Conv2DTranspose: transposedConvolution(2),
};
