// Quantized values without their zero point: what the integer kernels multiply.

/** source - zeroPoint, element by element. Padding is 0 in these terms. */
export function centred(source: Int8Array, zeroPoint: number): Int32Array {
  const values = new Int32Array(source.length);
  for (let i = 0; i < source.length; i++) values[i] = source[i]! - zeroPoint;
  return values;
}
