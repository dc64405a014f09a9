// Sums of a matrix's rows, each times a number: where reconstruction spends most of its time.

/** Rows that are added at once: what they come to is read and written once for all of them. */
const block = 4;

/**
 * Adds to `sums` every row of `matrix` times its own of `factors`. Each sum is taken in the order of the rows, one after the
 * other, so that no bit depends on how many are added at once; a row times zero is left out. Rows are as long as `sums`,
 * where they are not `width` long and added from `column` on.
 */
export function addRows(
  sums: Float64Array,
  matrix: Float64Array,
  factors: Float64Array,
  column = 0,
  width = sums.length,
): void {
  const { length } = sums;
  const rows = nonZero(factors);
  const inBlocks = rows.length - (rows.length % block);
  for (let n = 0; n < inBlocks; n += block) {
    const first = rows[n]! * width + column;
    const second = rows[n + 1]! * width + column - first;
    const third = rows[n + 2]! * width + column - first;
    const fourth = rows[n + 3]! * width + column - first;
    const x = factors[rows[n]!]!;
    const y = factors[rows[n + 1]!]!;
    const z = factors[rows[n + 2]!]!;
    const w = factors[rows[n + 3]!]!;
    for (let i = 0, at = first; i < length; i++, at++)
      sums[i] =
        sums[i]! + x * matrix[at]! + y * matrix[at + second]! + z * matrix[at + third]! + w * matrix[at + fourth]!;
  }
  for (let n = inBlocks; n < rows.length; n++) {
    const factor = factors[rows[n]!]!;
    for (let i = 0, at = rows[n]! * width + column; i < length; i++, at++) sums[i]! += factor * matrix[at]!;
  }
}

function nonZero(factors: Float64Array): Int32Array {
  const places = new Int32Array(factors.length);
  let count = 0;
  for (let row = 0; row < factors.length; row++) if (factors[row] !== 0) places[count++] = row;
  return places.subarray(0, count);
}
