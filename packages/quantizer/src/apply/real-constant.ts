// The real values that a quantized constant stands for.
import { widenHalf, type Tensor } from '@wherry/graph';

/** Undefined for what is no constant in other numbers than real ones. */
export function realConstant({ data, shape, dtype, quantization }: Tensor): Float32Array | undefined {
  if (data === undefined) return undefined;
  if (quantization === undefined)
    return dtype === 'float16' ? Float32Array.from(data as Uint16Array, (bits) => widenHalf(bits)) : undefined;
  const { scale, zeroPoint, axis } = quantization;
  const run = shape.slice(axis + 1).reduce((product, size) => product * size, 1);
  const real = new Float32Array(data.length);
  for (let i = 0; i < real.length; i++) {
    const slice = scale.length === 1 ? 0 : Math.floor(i / run) % scale.length;
    real[i] = (Number(data[i]) - (zeroPoint[slice] ?? 0)) * scale[slice]!;
  }
  return real;
}
