// Real samples as the values that a graph of any number format takes, rounded as a firmware does.
import {
  allocate,
  integerRange,
  tensorAt,
  type Graph,
  type Shape,
  type TensorData,
  type TensorId,
} from '@wherry/graph';

/** The same graph to whoever reads data for it: quantized inputs take real numbers. */
export function withRealInputs(graph: Graph): Graph {
  const inputs = new Set<TensorId>(graph.inputs);
  return {
    ...graph,
    tensors: graph.tensors.map((tensor, id) =>
      inputs.has(id) && tensor.quantization !== undefined
        ? { ...tensor, dtype: 'float32', quantization: undefined }
        : tensor,
    ),
  };
}

/** Undefined where an input of whole numbers without a scale is given others. */
export function feedOf(graph: Graph, position: number, values: TensorData): TensorData | undefined {
  const { dtype, quantization } = tensorAt(graph, graph.inputs[position]!);
  if (dtype === 'float32') return values instanceof Float32Array ? values : Float32Array.from(values, Number);
  const feed = allocate(dtype, values.length);
  const isLong = feed instanceof BigInt64Array || feed instanceof BigUint64Array;
  const [scale, zeroPoint] = [quantization?.scale[0], quantization?.zeroPoint[0] ?? 0];
  for (let i = 0; i < values.length; i++) {
    const value = Number(values[i]);
    if (scale === undefined) {
      if (!Number.isInteger(value)) return undefined;
      feed[i] = isLong ? BigInt(value) : value;
      if (Number(feed[i]) !== value) return undefined;
      continue;
    }
    feed[i] = quantized(value, scale, zeroPoint, integerRange(dtype));
  }
  return feed;
}

export function realOf(graph: Graph, id: TensorId, data: TensorData): Float64Array {
  const { quantization } = tensorAt(graph, id);
  const [scale, zeroPoint] = [quantization?.scale[0] ?? 1, quantization?.zeroPoint[0] ?? 0];
  // 64-bit integers too: Number takes both.
  return Float64Array.from(data as ArrayLike<number>, (value) => (Number(value) - zeroPoint) * scale);
}

export function elementsOf(shape: Shape): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** Halves away from zero, in float32, as TensorFlow Lite's QUANTIZE and the exported C do. */
function quantized(value: number, scale: number, zeroPoint: number, [least, most]: readonly [number, number]): number {
  const steps = Math.fround(value / scale);
  const integer = (steps < 0 ? -Math.floor(0.5 - steps) : Math.floor(steps + 0.5)) + zeroPoint;
  return integer < least ? least : integer > most ? most : integer;
}
