// Tensors of which some slices are left out, data and scales alike.
import { allocate, elementCount, type Quantization, type Tensor, type TensorData } from '@wherry/graph';

/** `kept`: the indices that stay along `axis`, in order. */
export function cutTensor(tensor: Tensor, axis: number, kept: readonly number[]): Tensor {
  if (kept.length === tensor.shape[axis]) return tensor;
  const shape = tensor.shape.with(axis, kept.length);
  return {
    ...tensor,
    shape,
    ...(tensor.data !== undefined && { data: cutData(tensor, tensor.data, axis, kept, elementCount(shape)) }),
    ...(tensor.quantization !== undefined && { quantization: cutScales(tensor, tensor.quantization, axis, kept) }),
  };
}

function cutData(
  { shape, dtype }: Tensor,
  data: TensorData,
  axis: number,
  kept: readonly number[],
  count: number,
): TensorData {
  const cut = allocate(dtype, count);
  const run = shape.slice(axis + 1).reduce((product, size) => product * size, 1);
  const block = shape[axis]! * run;
  let to = 0;
  for (let from = 0; from < data.length; from += block) {
    for (const index of kept) for (let i = 0; i < run; i++) cut[to++] = data[from + index * run + i]!;
  }
  return cut;
}

/** Vectors have one dimension, whatever axis a file says of their scales. */
function cutScales({ shape }: Tensor, quantization: Quantization, axis: number, kept: readonly number[]): Quantization {
  const along = shape.length === 1 ? 0 : quantization.axis;
  if (quantization.scale.length === 1 || along !== axis) return quantization;
  return {
    ...quantization,
    scale: kept.map((index) => quantization.scale[index]!),
    zeroPoint: kept.map((index) => quantization.zeroPoint[index]!),
  };
}
