// Convolutions and fully connected layers on TensorFlow.js.
import type { FusedActivation, NodeOf } from '@wherry/graph';
import type * as Tfjs from '@tensorflow/tfjs-core';
import { activate, fusedName } from './activation.js';
import type { LoweringContext, Step } from './lowering.js';
import { paddingOf, type TfjsPadding } from './padding.js';

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

/** TensorFlow.js takes a stride or a dilation, not both. */
function hasBoth({ strideH, strideW, dilationH, dilationW }: Convolution): boolean {
  return Math.max(strideH, strideW) > 1 && Math.max(dilationH, dilationW) > 1;
}

interface Settings {
  readonly strides: [number, number];
  readonly pad: TfjsPadding;
  readonly dilations: [number, number];
}

function settings(attributes: Convolution, { inputs: [input, filter] }: LoweringContext): Settings {
  return {
    strides: [attributes.strideH, attributes.strideW],
    pad: paddingOf(attributes, input!.shape, filter!.shape),
    dilations: [attributes.dilationH, attributes.dilationW],
  };
}

export function lowerConv2d(node: NodeOf<'CONV_2D'>, context: LoweringContext): Step | 'reference' {
  const { tf } = context;
  const { attributes } = node;
  if (hasBoth(attributes)) return 'reference';
  // OHWI to TensorFlow's HWIO.
  const filterOf = prepareOnce(context, (filter) => tf.transpose(filter, [1, 2, 3, 0]) as Rank4);
  const groups = context.inputs[0]!.shape[3]! / context.inputs[1]!.shape[3]!;
  const fused = fusedName(attributes.activation);
  const steps = settings(attributes, context);
  return ([input, filter, bias]) => {
    const whole = filterOf(filter!);
    if (groups > 1) {
      const sums = grouped(tf, input as Rank4, whole, steps, groups);
      return activate(tf, bias === undefined ? sums : tf.add(sums, bias), attributes.activation);
    }
    const activation = fused === undefined ? {} : { activation: fused };
    const result = tf.fused.conv2d({
      x: input as Rank4,
      filter: whole,
      bias: bias as Tfjs.Tensor,
      ...steps,
      ...activation,
    });
    return fused === undefined ? activate(tf, result, attributes.activation) : result;
  };
}

function grouped(
  tf: typeof Tfjs,
  input: Rank4,
  filter: Rank4,
  { strides, pad, dilations }: Settings,
  groups: number,
): Tfjs.Tensor {
  const filters = tf.split(filter, groups, 3);
  const parts = tf
    .split(input, groups, 3)
    .map((part, group) => tf.conv2d(part as Rank4, filters[group] as Rank4, strides, pad, 'NHWC', dilations));
  return tf.concat(parts, 3);
}

export function lowerDepthwise(node: NodeOf<'DEPTHWISE_CONV_2D'>, context: LoweringContext): Step | 'reference' {
  const { tf } = context;
  const { attributes } = node;
  if (hasBoth(attributes)) return 'reference';
  const [, filterH, filterW, filters] = context.inputs[1]!.shape as [number, number, number, number];
  const channels = context.inputs[0]!.shape[3]!;
  // Output channel c * multiplier + m in both layouts, so 1HW(CM) is HWCM by another name.
  const filterOf = prepareOnce(context, (filter) =>
    tf.reshape<Tfjs.Rank.R4>(filter, [filterH, filterW, channels, filters / channels]),
  );
  const fused = fusedName(attributes.activation);
  const steps = settings(attributes, context);
  return ([input, filter, bias]) => {
    const result = tf.fused.depthwiseConv2d({
      x: input as Rank4,
      filter: filterOf(filter!),
      bias: bias as Tfjs.Tensor,
      ...steps,
      // Explicit paddings are taken as well; the type does not say so.
      pad: steps.pad as 'valid',
      ...(fused === undefined ? {} : { activation: fused }),
    });
    return fused === undefined ? activate(tf, result, attributes.activation) : result;
  };
}

export function lowerFullyConnected(node: NodeOf<'FULLY_CONNECTED'>, context: LoweringContext): Step {
  const { tf } = context;
  const fused = fusedName(node.attributes.activation);
  const depth = context.inputs[1]!.shape[1]!;
  const shape = [...context.outputs[0]!.shape];
  // Transposed in advance rather than by `transposeB`: with it the wasm kernel of 4.22 adds a fused bias twice.
  const weightsOf = prepareOnce(context, (weights) => tf.transpose(weights));
  return ([input, weights, bias]) => {
    const rows = tf.reshape<Tfjs.Rank.R2>(input!, [-1, depth]);
    const activation = fused === undefined ? {} : { activation: fused };
    const product = tf.fused.matMul({
      a: rows,
      b: weightsOf(weights!),
      ...(bias === undefined ? {} : { bias }),
      ...activation,
    });
    return tf.reshape(fused === undefined ? activate(tf, product, node.attributes.activation) : product, shape);
  };
}
