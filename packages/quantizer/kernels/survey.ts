// Ends, finiteness, wholeness and column sums of one tensor in one pass.

/** Lanes of a vector of float32. */
const lanes = 4;

/**
 * `values`: `count` float32 in rows of `channels`. `sums`: a float64 per channel, to which the columns are added in the order
 * of the rows. `result`: four float32: least and greatest value, 0 where all are finite, 0 where all are whole numbers.
 */
export function survey(values: usize, count: i32, channels: i32, sums: usize, result: usize): void {
  if (channels % lanes === 0) surveyVectors(values, count, channels, sums, result);
  else surveySingly(values, count, channels, sums, result);
}

function surveyVectors(values: usize, count: i32, channels: i32, sums: usize, result: usize): void {
  let low = f32x4.splat(Infinity);
  let high = f32x4.splat(-Infinity);
  // 0 for a finite value, NaN for any other, and then for good.
  let rest = f32x4.splat(0);
  let broken = f32x4.splat(0);
  const end = values + ((<usize>count) << 2);
  const columnsEnd = sums + ((<usize>channels) << 3);
  let column = sums;
  for (let at = values; at < end; at += 16) {
    const four = v128.load(at);
    low = f32x4.pmin(low, four);
    high = f32x4.pmax(high, four);
    rest = f32x4.add(rest, f32x4.sub(four, four));
    broken = v128.or(broken, f32x4.ne(four, f32x4.floor(four)));
    v128.store(column, f64x2.add(v128.load(column), f64x2.promote_low_f32x4(four)));
    const upper = f64x2.promote_low_f32x4(
      v128.shuffle<u8>(four, four, 8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15),
    );
    v128.store(column + 16, f64x2.add(v128.load(column + 16), upper));
    column += 32;
    if (column === columnsEnd) column = sums;
  }
  store<f32>(result, least(low));
  store<f32>(result + 4, -least(f32x4.neg(high)));
  store<f32>(result + 8, sumOf(rest));
  store<f32>(result + 12, v128.any_true(broken) ? 1 : 0);
}

function least(four: v128): f32 {
  const pairs = f32x4.pmin(four, v128.shuffle<f32>(four, four, 2, 3, 0, 1));
  return f32x4.extract_lane(f32x4.pmin(pairs, v128.shuffle<f32>(pairs, pairs, 1, 0, 3, 2)), 0);
}

function sumOf(four: v128): f32 {
  return (
    f32x4.extract_lane(four, 0) +
    f32x4.extract_lane(four, 1) +
    f32x4.extract_lane(four, 2) +
    f32x4.extract_lane(four, 3)
  );
}

function surveySingly(values: usize, count: i32, channels: i32, sums: usize, result: usize): void {
  let low: f32 = Infinity;
  let high: f32 = -Infinity;
  let rest: f32 = 0;
  let broken = false;
  const end = values + ((<usize>count) << 2);
  const columnsEnd = sums + ((<usize>channels) << 3);
  let column = sums;
  for (let at = values; at < end; at += 4) {
    const value = load<f32>(at);
    if (value < low) low = value;
    if (value > high) high = value;
    rest += value - value;
    broken = broken || value !== Mathf.floor(value);
    store<f64>(column, load<f64>(column) + <f64>value);
    column += 8;
    if (column === columnsEnd) column = sums;
  }
  store<f32>(result, low);
  store<f32>(result + 4, high);
  store<f32>(result + 8, rest);
  store<f32>(result + 12, broken ? 1 : 0);
}
