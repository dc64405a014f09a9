// Pools over windows of an int8 image, many channels at once. Padding is left out of a window.

/** The clamp of the output, as int8 lanes. */
function clamped(values: v128, low: i32, high: i32): v128 {
  return i8x16.min_s(i8x16.max_s(values, i8x16.splat(<i8>low)), i8x16.splat(<i8>high));
}

/** Eight means as int8, rounded half away from zero. Up to 2^16 values: their sum and its quotient are exact enough in float32. */
function means(lower: v128, upper: v128, count: i32): v128 {
  const rounded = i16x8.narrow_i32x4_s(meansOfFour(lower, count), meansOfFour(upper, count));
  return i8x16.narrow_i16x8_s(rounded, rounded);
}

function meansOfFour(sums: v128, count: i32): v128 {
  const half = i32x4.splat(count >> 1);
  const nudged = v128.bitselect(i32x4.add(sums, half), i32x4.sub(sums, half), i32x4.gt_s(sums, i32x4.splat(0)));
  return i32x4.trunc_sat_f32x4_s(f32x4.div(f32x4.convert_i32x4_s(nudged), f32x4.splat(<f32>count)));
}

/**
 * `source`: [height, width, channels] of int8. `output`: int8 [outputHeight, outputWidth, channels] and slack; what a pixel
 * writes too much belongs to the next.
 */
export function pool(
  isMean: i32,
  source: usize,
  height: i32,
  width: i32,
  channels: i32,
  filterHeight: i32,
  filterWidth: i32,
  strideHeight: i32,
  strideWidth: i32,
  top: i32,
  left: i32,
  outputHeight: i32,
  outputWidth: i32,
  low: i32,
  high: i32,
  output: usize,
): void {
  for (let y: i32 = 0; y < outputHeight; y++) {
    const firstRow = max(0, y * strideHeight - top);
    const rows = min(height, y * strideHeight - top + filterHeight) - firstRow;
    for (let x: i32 = 0; x < outputWidth; x++, output += channels) {
      const firstColumn = max(0, x * strideWidth - left);
      const columns = min(width, x * strideWidth - left + filterWidth) - firstColumn;
      const window = source + (firstRow * width + firstColumn) * channels;
      if (isMean !== 0) {
        for (let c: i32 = 0; c < channels; c += 8) {
          const values = meanOf(window + c, rows, columns, width * channels, channels);
          v128.store64_lane(output + c, clamped(values, low, high), 0);
        }
      } else {
        for (let c: i32 = 0; c < channels; c += 16) {
          const values = greatestOf(window + c, rows, columns, width * channels, channels);
          v128.store(output + c, clamped(values, low, high));
        }
      }
    }
  }
}

function meanOf(window: usize, rows: i32, columns: i32, rowBytes: i32, pixelBytes: i32): v128 {
  let lower = i32x4.splat(0);
  let upper = i32x4.splat(0);
  for (let row: i32 = 0; row < rows; row++, window += rowBytes) {
    let pixel = window;
    for (let column: i32 = 0; column < columns; column++, pixel += pixelBytes) {
      const values = v128.load8x8_s(pixel);
      lower = i32x4.add(lower, i32x4.extend_low_i16x8_s(values));
      upper = i32x4.add(upper, i32x4.extend_high_i16x8_s(values));
    }
  }
  return means(lower, upper, rows * columns);
}

function greatestOf(window: usize, rows: i32, columns: i32, rowBytes: i32, pixelBytes: i32): v128 {
  let greatest = i8x16.splat(-128);
  for (let row: i32 = 0; row < rows; row++, window += rowBytes) {
    let pixel = window;
    for (let column: i32 = 0; column < columns; column++, pixel += pixelBytes)
      greatest = i8x16.max_s(greatest, v128.load(pixel));
  }
  return greatest;
}
