// Bounds of layers with a filter: exact bounds of the sums in integers, scaled down by the layer's own kernel.
import {
  allocate,
  quantizeMultiplier,
  type Node,
  type Operand,
  type OperandSpec,
  type Rounding,
  type Shape,
  type TensorData,
} from '@wherry/graph';
import { integerLayer, type FilterNode, type IntegerLayer } from '../integer-layer.js';
import { fullRange, union, type ChannelBounds } from './channel-bounds.js';
import { byType, type BoundsRule } from './bounds-rule.js';
import { runKernel } from './run-kernel.js';

export const accumulated: BoundsRule = (context) => {
  const layer = integerLayer(context.graph, context.node as FilterNode);
  const inputs = context.boundsOf(0);
  if (layer === undefined || inputs === undefined) return byType(context);
  const sums = sumBounds(layer, inputs);
  let found: ChannelBounds | undefined;
  for (const rounding of context.roundings) {
    const low = scaledDown(layer, sums.low, rounding);
    const high = scaledDown(layer, sums.high, rounding);
    if (low === undefined || high === undefined) return byType(context);
    const here = { low: Float64Array.from(low, Number), high: Float64Array.from(high, Number) };
    found = found === undefined ? here : union(found, here);
  }
  return [found === undefined ? undefined : withoutOverflow(layer, found, sums.fit)];
};

/** Bias included. `fit`: that no order of adding leaves what the kernels hold, and that scaling does not either. */
interface SumBounds extends ChannelBounds {
  readonly fit: readonly boolean[];
}

function sumBounds(layer: IntegerLayer, inputs: ChannelBounds): SumBounds {
  const { outputs, limit } = layer;
  const bounds = { low: new Float64Array(outputs), high: new Float64Array(outputs) };
  const fit = Array.from({ length: outputs }, (_, o) => {
    const { low, high, size } = placeBounds(layer, inputs, o);
    const overPatterns = (ends: Float64Array, extreme: (...values: number[]) => number): number =>
      layer.biasOf(o) +
      layer.patterns
        .map((places) => places.reduce((sum, place) => sum + ends[place]!, 0))
        .reduce((a, b) => extreme(a, b));
    const greatest = (Math.abs(layer.biasOf(o)) + size) * 2 ** upShift(layer, o);
    // What does not fit is given any value here and the type's range afterwards.
    bounds.low[o] = greatest <= limit ? overPatterns(low, Math.min) : 0;
    bounds.high[o] = greatest <= limit ? overPatterns(high, Math.max) : 0;
    return greatest <= limit;
  });
  return { ...bounds, fit };
}

/** What each place of the filter can add to the sum; `size`: the most that all of them can, whatever their signs. */
function placeBounds(
  layer: IntegerLayer,
  { low: least, high: greatest }: ChannelBounds,
  output: number,
): ChannelBounds & { readonly size: number } {
  const low = new Float64Array(layer.places);
  const high = new Float64Array(layer.places);
  const first = layer.firstInput(output);
  let size = 0;
  for (let place = 0; place < layer.places; place++) {
    for (let c = 0; c < layer.depth; c++) {
      const weight = layer.weight(output, place, c);
      const one = weight * (least[first + c]! - layer.inputZeroPoint);
      const other = weight * (greatest[first + c]! - layer.inputZeroPoint);
      low[place]! += Math.min(one, other);
      high[place]! += Math.max(one, other);
      size += Math.max(Math.abs(one), Math.abs(other));
    }
  }
  return { low, high, size };
}

/** Bits that the kernels shift a sum up by before they multiply it. */
function upShift({ input, filter, output }: IntegerLayer, channel: number): number {
  const scales = filter.quantization!.scale;
  const product = input.quantization!.scale[0]! * scales[scales.length === 1 ? 0 : channel]!;
  return Math.max(0, quantizeMultiplier(product / output.quantization!.scale[0]!).shift);
}

/**
 * The layer's own kernel on an input of one real zero, the sums being its bias: adding the zero point, scaling and clamping
 * never fall when the sum rises. Undefined where there is no reference for the types.
 */
function scaledDown(layer: IntegerLayer, sums: Float64Array, rounding: Rounding): TensorData | undefined {
  const { node, input, filter, bias, output, outputs } = layer;
  // What is left out is taken for zeros of the accumulator's own type.
  const wide = input.dtype === 'int16' && (bias === undefined ? !hasShortSums(node) : bias.dtype === 'int64');
  const spot = node.kind === 'FULLY_CONNECTED' ? [1, 1] : [1, 1, 1, 1];
  const zero = allocate(input.dtype, 1);
  zero[0] = layer.inputZeroPoint;
  const operands: readonly Operand[] = [
    { ...input, shape: spot, data: zero },
    { ...filter, shape: spotFilter(node, outputs), data: allocate(filter.dtype, outputs) },
    {
      shape: [outputs],
      dtype: wide ? 'int64' : 'int32',
      data: wide ? BigInt64Array.from(Array.from(sums, BigInt)) : Int32Array.from(sums),
    },
  ];
  const result: OperandSpec = { ...output, shape: [...spot.slice(0, -1), outputs], data: undefined };
  return runKernel(onSpot(node, outputs), operands, [result], rounding)?.[0];
}

function hasShortSums({ attributes }: FilterNode): boolean {
  return 'quantizedBiasType' in attributes && attributes.quantizedBiasType === 'INT32';
}

function spotFilter({ kind }: FilterNode, outputs: number): Shape {
  if (kind === 'FULLY_CONNECTED') return [outputs, 1];
  return kind === 'CONV_2D' ? [outputs, 1, 1, 1] : [1, 1, 1, outputs];
}

/** The same layer over one value. */
function onSpot(node: FilterNode, outputs: number): Node {
  if (node.kind === 'FULLY_CONNECTED') return { ...node, attributes: { ...node.attributes, keepNumDims: false } };
  const still = { padding: 'VALID', strideH: 1, strideW: 1, dilationH: 1, dilationW: 1 } as const;
  return node.kind === 'CONV_2D'
    ? { ...node, attributes: { ...node.attributes, ...still } }
    : { ...node, attributes: { ...node.attributes, ...still, depthMultiplier: outputs } };
}

function withoutOverflow({ output }: IntegerLayer, bounds: ChannelBounds, fit: readonly boolean[]): ChannelBounds {
  const { low, high } = fullRange(output)!;
  return {
    low: bounds.low.map((value, o) => (fit[o] ? value : low[o]!)),
    high: bounds.high.map((value, o) => (fit[o] ? value : high[o]!)),
  };
}
