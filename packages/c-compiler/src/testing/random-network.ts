// Small networks of int8 or int16 from a seed: chains with branches that come together again, so that inputs live longer than a step.
import { elementCount, GraphBuilder, type Graph, type Quantization, type TensorId } from '@wherry/graph';

/** Whole numbers from 0 up to below the argument. */
type Random = (below: number) => number;

interface Network {
  readonly builder: GraphBuilder;
  /** Of the activations. */
  readonly dtype: 'int8' | 'int16';
  readonly random: Random;
  /** Values of [1, H, W, C] so far. */
  readonly values: TensorId[];
}

/** Four to nine layers of convolutions, pools, sums, joins, moves and functions of one value. */
export function randomNetwork(seed: number, dtype: Network['dtype']): Graph {
  const random = seededNumbers(seed);
  const builder = new GraphBuilder(`random ${seed}`);
  const [batch, side] = [random(4) === 0 ? 2 : 1, random(3) === 0 ? 1 : 3];
  const shape = [batch, side + random(8), side + random(8), 1 + random(9)];
  const network = { builder, dtype, random, values: [builder.input('x', shape, dtype, anyScale({ dtype, random }))] };
  const layers = [convolve, convolve, depthwise, pool, look, pad, sum, join, resize, mean];
  for (let layer = 4 + random(6); layer > 0; layer--) {
    // The latest value mostly, one from before now and then.
    const from = random(3) === 0 ? network.values[random(network.values.length)]! : network.values.at(-1)!;
    network.values.push(layers[random(layers.length)]!(network, from));
  }
  const last = network.values.at(-1)!;
  const flat = builder.constant('shape', [2], Int32Array.of(1, elementCount(builder.tensor(last).shape)), 'int32');
  const options = { origin: 'flat', outputQuantization: builder.tensor(last).quantization! };
  const outputs = [builder.add('RESHAPE', [last, flat], {}, options)];
  // A second output that nobody may overwrite.
  if (random(2) === 0) outputs.push(network.values[1 + random(network.values.length - 2)]!);
  return builder.finish(outputs);
}

function seededNumbers(seed: number): Random {
  let state = Math.imul(seed, 2654435761) >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 4294967296) * below);
  };
}

/** int16 has no zero points, and as much finer steps as it has more of them. */
function anyScale({ dtype, random }: Pick<Network, 'dtype' | 'random'>): Quantization {
  if (dtype === 'int16') return { scale: [Math.fround((0.01 + random(100) / 1000) / 256)], zeroPoint: [0], axis: 0 };
  return { scale: [Math.fround(0.01 + random(100) / 1000)], zeroPoint: [random(256) - 128], axis: 0 };
}

/** Of 4 bits now and then, beside int8. */
function filter(
  { builder, dtype, random }: Network,
  shape: readonly number[],
  channels: number,
  axis: number,
): TensorId {
  const [type, greatest] = dtype === 'int8' && random(5) === 0 ? (['int4', 7] as const) : (['int8', 127] as const);
  const values = Int8Array.from({ length: elementCount(shape) }, () => random(2 * greatest + 1) - greatest);
  const step = 127 / greatest;
  const scale = Array.from({ length: channels }, () => Math.fround(step * (0.002 + random(100) / 10000)));
  return builder.constant('w', shape, values, type, { scale, zeroPoint: scale.map(() => 0), axis });
}

const activations = ['NONE', 'RELU', 'RELU6'] as const;
const paddings = ['SAME', 'VALID'] as const;

/** How filters lie: SAME takes those that are wider than the image, and VALID what the image has room for, places apart included. */
function geometry(network: Network, shape: readonly number[]) {
  const { random } = network;
  if (random(3) === 0) return oneWindow(network, shape);
  const padding = paddings[random(2)]!;
  const along = (size: number): readonly [filter: number, dilation: number] => {
    const filter = 1 + random(padding === 'SAME' ? 5 : Math.min(4, size));
    const room = padding === 'SAME' || filter === 1 ? 3 : Math.floor((size - 1) / (filter - 1));
    return [filter, random(3) === 0 ? 1 + random(Math.min(3, room)) : 1];
  };
  const [[h, dilationH], [w, dilationW]] = [along(shape[1]!), along(shape[2]!)];
  const [strideH, strideW] = random(3) === 0 ? [1 + random(4), 1 + random(4)] : [1 + random(2), 1 + random(2)];
  return { h, w, attributes: { padding, strideH, strideW, dilationH, dilationW } };
}

/** As many values as the image, on their side or apart: one window that is not the image. */
function oneWindow({ random }: Network, shape: readonly number[]) {
  const [strideH, strideW] = [shape[1]!, shape[2]!];
  const [h, w] = random(2) === 0 ? [strideW, strideH] : [strideH, strideW];
  const [dilationH, dilationW] = [1 + random(2), 1 + random(2)];
  return { h, w, attributes: { padding: 'SAME' as const, strideH, strideW, dilationH, dilationW } };
}

function convolve(network: Network, from: TensorId): TensorId {
  const { builder, dtype, random } = network;
  const { shape } = builder.tensor(from);
  const channels = shape[3]!;
  const { h, w, attributes } = geometry(network, shape);
  const groups = random(4) === 0 ? ([2, 3].find((count) => channels % count === 0) ?? 1) : 1;
  const filters = groups * (1 + random(groups === 1 ? 9 : 4));
  const weights = filter(network, [filters, h, w, channels / groups], filters, 0);
  const values = Int32Array.from({ length: filters }, () => random(4000) - 2000);
  const bias =
    dtype === 'int8'
      ? builder.constant('b', [filters], values, 'int32')
      : builder.constant('b', [filters], BigInt64Array.from(values, BigInt), 'int64');
  const activation = activations[random(3)]!;
  const options = { origin: 'convolution', outputQuantization: anyScale(network) };
  return builder.add('CONV_2D', [from, weights, bias], { ...attributes, activation }, options);
}

function depthwise(network: Network, from: TensorId): TensorId {
  const { builder, random } = network;
  const { shape } = builder.tensor(from);
  const channels = shape[3]!;
  const depthMultiplier = channels < 5 ? 1 + random(2) : 1;
  const { h, w, attributes } = geometry(network, shape);
  const weights = filter(network, [1, h, w, channels * depthMultiplier], channels * depthMultiplier, 3);
  const activation = activations[random(3)]!;
  const options = { origin: 'depthwise', outputQuantization: anyScale(network) };
  return builder.add('DEPTHWISE_CONV_2D', [from, weights], { ...attributes, depthMultiplier, activation }, options);
}

function pool({ builder, random }: Network, from: TensorId): TensorId {
  const { shape, quantization } = builder.tensor(from);
  const window = { filterH: 1 + random(Math.min(3, shape[1]!)), filterW: 1 + random(Math.min(3, shape[2]!)) };
  const attributes = { ...window, strideH: 1, strideW: 1 + random(2), padding: paddings[random(2)]! };
  const kind = random(2) === 0 ? 'AVERAGE_POOL_2D' : 'MAX_POOL_2D';
  return builder.add(kind, [from], attributes, { origin: 'pool', outputQuantization: quantization! });
}

function look(network: Network, from: TensorId): TensorId {
  const { builder, dtype, random } = network;
  const kinds = [dtype === 'int8' ? 'HARD_SWISH' : 'TANH', 'RELU', 'LEAKY_RELU', 'SOFTMAX'] as const;
  const kind = kinds[random(4)]!;
  const fixed = dtype === 'int8' ? { scale: 1 / 256, zeroPoint: -128 } : { scale: 1 / 32768, zeroPoint: 0 };
  const outputQuantization =
    kind === 'SOFTMAX' || kind === 'TANH'
      ? { scale: [fixed.scale], zeroPoint: [fixed.zeroPoint], axis: 0 }
      : anyScale(network);
  return builder.add(kind, [from], {}, { origin: 'function', outputQuantization });
}

function pad({ builder, random }: Network, from: TensorId): TensorId {
  const around = Int32Array.of(0, 0, random(2), random(2), random(2), random(2), 0, random(2));
  const paddings = builder.constant('paddings', [4, 2], around, 'int32');
  const options = { origin: 'pad', outputQuantization: builder.tensor(from).quantization! };
  return builder.add('PAD', [from, paddings], {}, options);
}

/** With another value of the same shape, or with itself. */
function sum(network: Network, from: TensorId): TensorId {
  const { builder, random, values } = network;
  const { shape } = builder.tensor(from);
  const same = values.filter((id) => builder.tensor(id).shape.join() === shape.join());
  const operands = [from, same[random(same.length)]!];
  const kind = (['ADD', 'SUB', 'MUL'] as const)[random(3)]!;
  const options = { origin: 'sum', outputQuantization: anyScale(network) };
  return builder.add(kind, operands, { activation: activations[random(3)]! }, options);
}

/** Along the channels, with what has the same scale: itself, if nothing else. */
function join({ builder, random, values }: Network, from: TensorId): TensorId {
  const { shape, quantization } = builder.tensor(from);
  const fits = values.filter((id) => {
    const other = builder.tensor(id);
    return other.quantization === quantization && other.shape.slice(0, 3).join() === shape.slice(0, 3).join();
  });
  const options = { origin: 'join', outputQuantization: quantization! };
  return builder.add('CONCATENATION', [from, fits[random(fits.length)]!], { axis: 3 }, options);
}

function resize({ builder, dtype, random }: Network, from: TensorId): TensorId {
  const { shape, quantization } = builder.tensor(from);
  const target = Int32Array.of(Math.min(12, shape[1]! + random(3)), Math.min(12, shape[2]! + random(3)));
  const size = builder.constant('size', [2], target, 'int32');
  const kind = random(2) === 0 && dtype === 'int8' ? 'RESIZE_BILINEAR' : 'RESIZE_NEAREST_NEIGHBOR';
  return builder.add(kind, [from, size], {}, { origin: 'resize', outputQuantization: quantization! });
}

/** Over the rows, which stay as one. */
function mean(network: Network, from: TensorId): TensorId {
  const axes = network.builder.constant('axes', [1], Int32Array.of(1), 'int32');
  const options = { origin: 'mean', outputQuantization: anyScale(network) };
  return network.builder.add('MEAN', [from, axes], { keepDims: true }, options);
}
