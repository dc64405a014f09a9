// What a tensor of integers stands for.
import type { Tensor, TensorData } from '@wherry/graph';

/** Of one scale for all of it; real values as they are. */
export function realValues({ quantization }: Pick<Tensor, 'quantization'>, data: TensorData): ArrayLike<number> {
  if (quantization === undefined) return data as Float32Array;
  const scale = quantization.scale[0]!;
  const zeroPoint = quantization.zeroPoint[0]!;
  const real = new Float64Array(data.length);
  for (let i = 0; i < real.length; i++) real[i] = (Number(data[i]) - zeroPoint) * scale;
  return real;
}
