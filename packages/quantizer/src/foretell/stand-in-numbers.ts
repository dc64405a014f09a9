// Numbers for a graph of which only the shapes are known: all alike or all different, as they would be stored.
import { allocate, type Graph, type Quantization, type Tensor, type TensorData } from '@wherry/graph';

/** Zeros as constants, ones as scales: whatever could come to be equal is. What stands for no real value stays. */
export function alike(graph: Graph): Graph {
  const zeros = new Map<string, TensorData>();
  return withNumbers(graph, (tensor, quantization) => {
    const key = `${tensor.dtype} ${tensor.data?.length}`;
    if (tensor.data !== undefined && !zeros.has(key)) zeros.set(key, allocate(tensor.dtype, tensor.data.length));
    return {
      data: zeros.get(key),
      quantization: {
        ...quantization,
        scale: quantization.scale.map(() => 1),
        zeroPoint: quantization.zeroPoint.map(() => 0),
      },
    };
  });
}

/** What products of weights are scaled by, as sums mostly are scaled down: kernels of compiled code ask for that. */
const ofConstants = 2 ** -8;

/** No two constants and no two scales are equal, of channels neither, as far as they are long enough. */
export function distinct(graph: Graph): Graph {
  return withNumbers(graph, (tensor, quantization, id) => {
    const { data, dtype } = tensor;
    const own = data === undefined ? undefined : allocate(dtype, data.length);
    if (own !== undefined) mark(new DataView(own.buffer), id + 1);
    return {
      data: own,
      quantization: {
        ...quantization,
        scale: quantization.scale.map((_, channel) =>
          Math.fround((data === undefined ? 1 : ofConstants) * (1 + id / 2 ** 20 + channel / 2 ** 14)),
        ),
        // Weights, biases and 16-bit activations are symmetric, whatever the numbers are.
        zeroPoint: quantization.zeroPoint.map((zero) =>
          dtype === 'int16' || (data !== undefined && zero === 0) ? 0 : zeroPointOf(id),
        ),
      },
    };
  });
}

/** The number as the last bytes: what is longer than that is the same nowhere. */
function mark(bytes: DataView, number: number): void {
  if (bytes.byteLength >= 4) bytes.setUint32(bytes.byteLength - 4, number);
  else if (bytes.byteLength > 0) bytes.setUint8(bytes.byteLength - 1, number % 256);
}

/** Any int8 but 0, each as often as the others. */
function zeroPointOf(id: number): number {
  const value = (id % 255) - 128;
  return value < 0 ? value : value + 1;
}

type Numbers = Pick<Tensor, 'quantization'> & { readonly data: TensorData | undefined };

function withNumbers(
  graph: Graph,
  numbersOf: (tensor: Tensor, quantization: Quantization, id: number) => Numbers,
): Graph {
  return {
    ...graph,
    tensors: graph.tensors.map((tensor, id) => {
      if (tensor.quantization === undefined) return tensor;
      const { data, quantization } = numbersOf(tensor, tensor.quantization, id);
      return { ...tensor, quantization, ...(data === undefined ? {} : { data }) };
    }),
  };
}
