// Conv2D, DepthwiseConv2D and SeparableConv2D, and their 1-D forms as images of height 1.
import type { TensorId } from '@wherry/graph';
import type { LayerCall, LayerDefinition, LayerTable } from '../layer-definition.js';
import { badShape, unsupportedOption } from '../refuse.js';
import { sizeSetting, stringSetting, type Settings } from '../settings.js';
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
  readonly attributes: {
    readonly padding: 'SAME' | 'VALID';
    readonly strideH: number;
    readonly strideW: number;
    readonly dilationH: number;
    readonly dilationW: number;
  };
  /** Elements put before the input along width: causal padding. */
  readonly before: number;
}

/** The 1-D settings become those of an image of height 1. */
function geometryOf(settings: Settings, rank: Rank): Geometry {
  const pair = (key: string, fallback?: number[]): Pair => pairSetting(settings, key, rank, 1, fallback);
  const ones = new Array<number>(rank).fill(1);
  const kernel = pair('kernel_size');
  const [strideH, strideW] = pair('strides', ones);
  const [dilationH, dilationW] = pair('dilation_rate', ones);
  const padding = stringSetting(settings, 'padding', 'valid');
  if (padding !== 'same' && padding !== 'valid' && !(padding === 'causal' && rank === 1)) {
    unsupportedOption(
      `the padding ${padding} cannot be imported`,
      settings.layer,
      'use padding="same" or padding="valid"',
    );
  }
  const before = padding === 'causal' ? (kernel[1] - 1) * dilationW : 0;
  return {
    kernel,
    before,
    attributes: { padding: padding === 'same' ? 'SAME' : 'VALID', strideH, strideW, dilationH, dilationW },
  };
}

/** The input as an image, with causal padding in front. */
function paddedInput(call: LayerCall, geometry: Geometry, rank: Rank): TensorId {
  const image = imageInput(call, rank);
  if (geometry.before === 0) return image;
  const { graph } = call;
  return graph.add('PAD', [image, graph.indices('causal_padding', [0, 0, 0, 0, geometry.before, 0, 0, 0], [4, 2])], {});
}

/** [H, W, in, out], as Keras stores it, to [out, H, W, in]. */
function filtersFirst(values: Float32Array, filters: number): Float32Array {
  const perFilter = values.length / filters;
  const result = new Float32Array(values.length);
  for (let i = 0; i < perFilter; i++) {
    for (let filter = 0; filter < filters; filter++) result[filter * perFilter + i] = values[i * filters + filter]!;
  }
  return result;
}

function convolution(rank: Rank): LayerDefinition {
  return {
    variables: withBias(['kernel']),
    build: (call) => {
      const { graph, settings } = call;
      const geometry = geometryOf(settings, rank);
      const input = paddedInput(call, geometry, rank);
      const filters = sizeSetting(settings, 'filters', 1);
      const groups = sizeSetting(settings, 'groups', 1, 1);
      const channels = graph.shape(input)[3]! / groups;
      if (!Number.isInteger(channels) || filters % groups !== 0) {
        badShape(
          `its ${groups} groups do not divide its channels and filters`,
          graph.origin,
          'choose filters and channels that groups divides',
        );
      }
      const [height, width] = geometry.kernel;
      const stored = [...spatial(geometry.kernel, rank), channels, filters];
      const kernel = graph.parameter('kernel', [filters, height, width, channels], () =>
        filtersFirst(call.weight('kernel', stored), filters),
      );
      return finish(call, graph.add('CONV_2D', [input, kernel, ...biasOf(call, filters)], geometry.attributes), rank);
    },
  };
}

/** Keras' [H, W, in, multiplier] holds its values in the very order of [1, H, W, in * multiplier]. */
function depthwise(
  call: LayerCall,
  geometry: Geometry,
  input: TensorId,
  rank: Rank,
  name: string,
  bias: boolean,
): TensorId {
  const { graph, settings } = call;
  const channels = graph.shape(input)[3]!;
  const depthMultiplier = sizeSetting(settings, 'depth_multiplier', 1, 1);
  const [height, width] = geometry.kernel;
  const outputs = channels * depthMultiplier;
  const stored = [...spatial(geometry.kernel, rank), channels, depthMultiplier];
  const kernel = graph.parameter(name, [1, height, width, outputs], () => call.weight(name, stored));
  const biases = bias ? biasOf(call, outputs) : [];
  return graph.add('DEPTHWISE_CONV_2D', [input, kernel, ...biases], { ...geometry.attributes, depthMultiplier });
}

function depthwiseConvolution(rank: Rank): LayerDefinition {
  return {
    // Keras 3 calls it kernel.
    variables: (settings) => ({
      ...withBias(['depthwise_kernel'])(settings),
      alsoCalled: { depthwise_kernel: 'kernel' },
    }),
    build: (call) => {
      const geometry = geometryOf(call.settings, rank);
      const input = paddedInput(call, geometry, rank);
      return finish(call, depthwise(call, geometry, input, rank, 'depthwise_kernel', true), rank);
    },
  };
}

function separableConvolution(rank: Rank): LayerDefinition {
  return {
    variables: withBias(['depthwise_kernel', 'pointwise_kernel']),
    build: (call) => {
      const { graph, settings } = call;
      const geometry = geometryOf(settings, rank);
      const spread = depthwise(call, geometry, paddedInput(call, geometry, rank), rank, 'depthwise_kernel', false);
      const channels = graph.shape(spread)[3]!;
      const filters = sizeSetting(settings, 'filters', 1);
      const stored = [...spatial([1, 1], rank), channels, filters];
      const kernel = graph.parameter('pointwise_kernel', [filters, 1, 1, channels], () =>
        filtersFirst(call.weight('pointwise_kernel', stored), filters),
      );
      const mixed = graph.add('CONV_2D', [spread, kernel, ...biasOf(call, filters)], { padding: 'VALID' });
      return finish(call, mixed, rank);
    },
  };
}

export const convolutionLayers: LayerTable = {
  Conv1D: convolution(1),
  Conv2D: convolution(2),
  Convolution1D: convolution(1),
  Convolution2D: convolution(2),
  DepthwiseConv1D: depthwiseConvolution(1),
  DepthwiseConv2D: depthwiseConvolution(2),
  SeparableConv1D: separableConvolution(1),
  SeparableConv2D: separableConvolution(2),
};
