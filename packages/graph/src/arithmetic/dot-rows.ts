// The inner loops of convolutions and dense layers: one vector against many rows of a weight matrix.
// Four rows at a time, so that each value of the vector is loaded once for four multiplications. The functions
// differ in their arithmetic only; they stay apart because an engine compiles a loop well for one array type at a time.
// Products of int8 values and int32 sums are exact in doubles, so that `| 0` alone gives the int32 wrap.

/** sums[r] = the int32 dot product of source[from ...] with row `firstRow + r` of `weights` ([rows, length]). */
export function dotRowsInt8(
  sums: Int32Array,
  source: Int32Array,
  from: number,
  length: number,
  weights: Int8Array,
  firstRow: number,
  rows: number,
): void {
  let r = 0;
  let w0 = firstRow * length;
  for (; r + 4 <= rows; r += 4, w0 += 4 * length) {
    const w1 = w0 + length;
    const w2 = w1 + length;
    const w3 = w2 + length;
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    for (let k = 0; k < length; k++) {
      const value = source[from + k]!;
      s0 = (s0 + value * weights[w0 + k]!) | 0;
      s1 = (s1 + value * weights[w1 + k]!) | 0;
      s2 = (s2 + value * weights[w2 + k]!) | 0;
      s3 = (s3 + value * weights[w3 + k]!) | 0;
    }
    sums[r] = s0;
    sums[r + 1] = s1;
    sums[r + 2] = s2;
    sums[r + 3] = s3;
  }
  for (; r < rows; r++, w0 += length) {
    let sum = 0;
    for (let k = 0; k < length; k++) sum = (sum + source[from + k]! * weights[w0 + k]!) | 0;
    sums[r] = sum;
  }
}

/** The same in real numbers, summed in doubles. */
export function dotRowsFloat(
  sums: Float64Array,
  source: Float32Array,
  from: number,
  length: number,
  weights: Float32Array,
  firstRow: number,
  rows: number,
): void {
  let r = 0;
  let w0 = firstRow * length;
  for (; r + 4 <= rows; r += 4, w0 += 4 * length) {
    const w1 = w0 + length;
    const w2 = w1 + length;
    const w3 = w2 + length;
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    for (let k = 0; k < length; k++) {
      const value = source[from + k]!;
      s0 += value * weights[w0 + k]!;
      s1 += value * weights[w1 + k]!;
      s2 += value * weights[w2 + k]!;
      s3 += value * weights[w3 + k]!;
    }
    sums[r] = s0;
    sums[r + 1] = s1;
    sums[r + 2] = s2;
    sums[r + 3] = s3;
  }
  for (; r < rows; r++, w0 += length) {
    let sum = 0;
    for (let k = 0; k < length; k++) sum += source[from + k]! * weights[w0 + k]!;
    sums[r] = sum;
  }
}

/** The same of int16 values with int8 weights: sums of 64 bits, which doubles hold exactly. */
export function dotRowsInt16(
  sums: Float64Array,
  source: Int16Array,
  from: number,
  length: number,
  weights: Int8Array,
  firstRow: number,
  rows: number,
): void {
  let r = 0;
  let w0 = firstRow * length;
  for (; r + 4 <= rows; r += 4, w0 += 4 * length) {
    const w1 = w0 + length;
    const w2 = w1 + length;
    const w3 = w2 + length;
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    for (let k = 0; k < length; k++) {
      const value = source[from + k]!;
      s0 += value * weights[w0 + k]!;
      s1 += value * weights[w1 + k]!;
      s2 += value * weights[w2 + k]!;
      s3 += value * weights[w3 + k]!;
    }
    sums[r] = s0;
    sums[r + 1] = s1;
    sums[r + 2] = s2;
    sums[r + 3] = s3;
  }
  for (; r < rows; r++, w0 += length) {
    let sum = 0;
    for (let k = 0; k < length; k++) sum += source[from + k]! * weights[w0 + k]!;
    sums[r] = sum;
  }
}
