// Histograms: how many values lie in each bin of equal width, around zero.

/**
 * Adds `count` float32 to the uint32 at `bins`; bin b holds values from (b - middle) / inverse on. Two sets of bins, one behind
 * the other, take turns: a bin that is met by neighbours, as that of zero is, would be waited for.
 */
export function tally(values: usize, count: i32, inverse: f64, middle: i32, bins: usize): void {
  const factors = f64x2.splat(inverse);
  const middles = f64x2.splat(<f64>middle);
  const second = bins + ((<usize>middle) << 3);
  const pairsEnd = values + ((<usize>(count & ~1)) << 2);
  for (let at = values; at < pairsEnd; at += 8) {
    const two = f64x2.promote_low_f32x4(v128.load64_zero(at));
    const found = i32x4.trunc_sat_f64x2_s_zero(f64x2.add(f64x2.mul(two, factors), middles));
    increment(bins + ((<usize>i32x4.extract_lane(found, 0)) << 2));
    increment(second + ((<usize>i32x4.extract_lane(found, 1)) << 2));
  }
  if ((count & 1) !== 0) increment(bins + ((<usize>binOf(pairsEnd, inverse, middle)) << 2));
}

/** `inverses`: a float64 per channel; `bins`: 2 * `middle` uint32 per channel. */
export function tallyChannels(
  values: usize,
  count: i32,
  channels: i32,
  inverses: usize,
  middle: i32,
  bins: usize,
): void {
  const binsEnd = (<usize>middle) << 3;
  const end = values + ((<usize>count) << 2);
  const inversesEnd = inverses + ((<usize>channels) << 3);
  let inverse = inverses;
  let own = bins;
  for (let at = values; at < end; at += 4) {
    increment(own + ((<usize>binOf(at, load<f64>(inverse), middle)) << 2));
    inverse += 8;
    own += binsEnd;
    if (inverse === inversesEnd) {
      inverse = inverses;
      own = bins;
    }
  }
}

function binOf(at: usize, inverse: f64, middle: i32): i32 {
  return <i32>(<f64>load<f32>(at) * inverse + <f64>middle);
}

function increment(at: usize): void {
  store<u32>(at, load<u32>(at) + 1);
}
