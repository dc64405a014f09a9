// Convolutions on TensorFlow.js.
import type { FusedActivation, NodeOf } from '@wherry/graph';
import type * as Tfjs from '@tensorflow/tfjs-core';
import { backendNames } from '../backend-name.js';
import { activate, fusedName } from './activation.js';
import { spreadTaps } from './dilation.js';
import type { LoweringContext, Step } from './lowering.js';
import { padded, paddingOf, type TfjsPadding } from './padding.js';
import { inSingleSteps } from './uneven-steps.js';

interface Convolution {
  readonly padding: 'SAME' | 'VALID';
  readonly strideH: number;
  readonly strideW: number;
  readonly dilationH: number;
  readonly dilationW: number;
  readonly activation: FusedActivation;
}

type Rank4 = Tfjs.Tensor4D;

/** Rearranges the weights once when they are a constant, at every run when they are not. */
export function prepareOnce<T extends Tfjs.Tensor>(
  context: LoweringContext,
  rearrange: (weights: Tfjs.Tensor) => T,
): (weights: Tfjs.Tensor) => T {
  const constant = context.inputs[1];
  if (constant?.data === undefined) return rearrange;
  const { tf } = context;
  context.takeOver(1);
  const ready = context.keep(tf.tidy(() => rearrange(tf.tensor(constant.data as Float32Array, [...constant.shape]))));
  return () => ready;
}

interface Steps {
  readonly strides: [number, number];
  readonly pad: 'same' | 'valid';
}

interface Settings {
  readonly strides: [number, number];
  readonly padding: TfjsPadding;
  readonly dilations: [number, number];
  /** The filter as these settings take it. */
  readonly filterOf: (weights: Tfjs.Tensor) => Rank4;
}

/** `hasDilation`: of the kernel. TensorFlow.js takes a stride or a dilation, not both, and has no gradient where there is one. */
function settings(
  attributes: Convolution,
  context: LoweringContext,
  rearrange: (weights: Tfjs.Tensor) => Rank4,
  hasDilation = true,
): Settings {
  const { tf, differentiable } = context;
  const [input, filter] = context.inputs;
  const { strideH, strideW, dilationH, dilationW } = attributes;
  const isDilated = Math.max(dilationH, dilationW) > 1;
  const isSpread = isDilated && (differentiable || !hasDilation || Math.max(strideH, strideW) > 1);
  return {
    strides: [strideH, strideW],
    padding: paddingOf(attributes, input!.shape, filter!.shape),
    dilations: isSpread ? [1, 1] : [dilationH, dilationW],
    filterOf: prepareOnce(context, (weights) =>
      isSpread ? spreadTaps(tf, rearrange(weights), [dilationH, dilationW]) : rearrange(weights),
    ),
  };
}

export function lowerConv2d({ attributes }: NodeOf<'CONV_2D'>, context: LoweringContext): Step {
  const { tf } = context;
  // OHWI to TensorFlow's HWIO.
  const steps = settings(attributes, context, (filter) => tf.transpose(filter, [1, 2, 3, 0]) as Rank4);
  const groups = context.inputs[0]!.shape[3]! / context.inputs[1]!.shape[3]!;
  const fused = fusedName(attributes.activation);
  return ([values, weights, bias]) => {
    const [input, filter] = [padded(tf, values as Rank4, steps.padding), steps.filterOf(weights!)];
    if (groups > 1) {
      const sums = grouped(tf, input, filter, steps, groups);
      return activate(tf, bias === undefined ? sums : tf.add(sums, bias), attributes.activation);
    }
    const result = tf.fused.conv2d({
      x: input,
      filter,
      bias: bias as Tfjs.Tensor,
      strides: steps.strides,
      pad: steps.padding.pad,
      dilations: steps.dilations,
      ...(fused === undefined ? {} : { activation: fused }),
    });
    return fused === undefined ? activate(tf, result, attributes.activation) : result;
  };
}

function grouped(
  tf: typeof Tfjs,
  input: Rank4,
  filter: Rank4,
  { strides, padding: { pad }, dilations }: Settings,
  groups: number,
): Tfjs.Tensor {
  const filters = tf.split(filter, groups, 3);
  const parts = tf
    .split(input, groups, 3)
    .map((part, group) => tf.conv2d(part as Rank4, filters[group] as Rank4, strides, pad, 'NHWC', dilations));
  return tf.concat(parts, 3);
}

export function lowerDepthwise({ attributes }: NodeOf<'DEPTHWISE_CONV_2D'>, context: LoweringContext): Step {
  const { tf } = context;
  const [, filterH, filterW, filters] = context.inputs[1]!.shape as [number, number, number, number];
  const channels = context.inputs[0]!.shape[3]!;
  const isNative = tf.getBackend() === backendNames.node;
  // Output channel c * multiplier + m in both layouts, so 1HW(CM) is HWCM by another name.
  const steps = settings(
    attributes,
    context,
    (filter) => tf.reshape<Tfjs.Rank.R4>(filter, [filterH, filterW, channels, filters / channels]),
    !isNative,
  );
  const fused = fusedName(attributes.activation);
  const depthwise = (x: Rank4, filter: Rank4, bias: Tfjs.Tensor | undefined, by: Steps): Rank4 =>
    tf.fused.depthwiseConv2d({
      x,
      filter,
      bias: bias as Tfjs.Tensor,
      ...by,
      dilations: steps.dilations,
      ...(fused === undefined ? {} : { activation: fused }),
    });
  const bounded = (result: Rank4): Tfjs.Tensor =>
    fused === undefined ? activate(tf, result, attributes.activation) : result;
  if (isNative && attributes.strideH !== attributes.strideW) {
    const single = inSingleSteps(tf, attributes, context.inputs[0]!.shape, context.inputs[1]!.shape);
    const by: Steps = { strides: [1, 1], pad: 'valid' };
    return ([values, weights, bias]) =>
      bounded(single.output(depthwise(single.input(values as Rank4), steps.filterOf(weights!), bias, by)));
  }
  const by: Steps = { strides: steps.strides, pad: steps.padding.pad };
  return ([values, weights, bias]) =>
    bounded(depthwise(padded(tf, values as Rank4, steps.padding), steps.filterOf(weights!), bias, by));
}
