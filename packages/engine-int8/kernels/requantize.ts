// From int32 accumulators to int8: TFLite Micro's two roundings. Where float32 leaves no doubt of what they give it is faster.
import {
  anyLeftAt,
  factorAt,
  floatDoubt,
  halfAt,
  highAt,
  leftFactorAt,
  lowAt,
  multiplierAt,
  nudgeAt,
  realHighAt,
  realLowAt,
  rightFactorAt,
  roundedBitsAt,
  roundingNumber,
  zeroPointAt,
} from '../src/layout';

/** The low words of four int64 shifted right by the same number of bits, where that is below 32. */
function narrow(low: v128, high: v128, bits: i32): v128 {
  // A logical shift: the bits that it gets wrong for negative numbers are above the word that is kept.
  return v128.shuffle<i32>(i64x2.shr_u(low, bits), i64x2.shr_u(high, bits), 0, 2, 4, 6);
}

/** Four sums, bias included, of the lanes at `block` (a block of a scaling, or its second half): in steps of the output. */
function scale(sums: v128, block: usize, anyLeft: bool): v128 {
  if (anyLeft) sums = i32x4.mul(sums, v128.load(block, leftFactorAt));
  const multiplier = v128.load(block, multiplierAt);
  const rounding = i64x2.splat(1 << 30);
  // Rounding half up is what gemmlowp's sign-dependent nudge and truncating division come to.
  const steps = narrow(
    i64x2.add(i64x2.extmul_low_i32x4_s(sums, multiplier), rounding),
    i64x2.add(i64x2.extmul_high_i32x4_s(sums, multiplier), rounding),
    31,
  );
  // Half away from zero: one less than half is added to what is negative. There are no shifts by lane, so a product does it.
  const half = v128.load(block, halfAt);
  const isShifted = i32x4.ne(half, i32x4.splat(0));
  const nudged = i32x4.add(i32x4.add(steps, half), v128.and(i32x4.shr_s(steps, 31), isShifted));
  const factor = v128.load(block, rightFactorAt);
  return narrow(i64x2.extmul_low_i32x4_s(nudged, factor), i64x2.extmul_high_i32x4_s(nudged, factor), 30);
}

/** Eight sums by both roundings, as int8 in the low half of the vector. */
function requantizeExactly(first: v128, second: v128, header: usize, block: usize): v128 {
  const anyLeft = load<i32>(header, anyLeftAt) !== 0;
  const steps = i16x8.narrow_i32x4_s(scale(first, block, anyLeft), scale(second, block + 16, anyLeft));
  // Saturated twice, far outside of what the bounds leave.
  const shifted = i16x8.add_sat_s(steps, v128.load16_splat(header, zeroPointAt));
  const clamped = i16x8.min_s(
    i16x8.max_s(shifted, v128.load16_splat(header, lowAt)),
    v128.load16_splat(header, highAt),
  );
  return i8x16.narrow_i16x8_s(clamped, clamped);
}

/** Four sums in steps of the output less its zero point, within its bounds: to be rounded to the nearest whole number. */
function realSteps(sums: v128, header: usize, block: usize): v128 {
  const product = f32x4.mul(f32x4.convert_i32x4_s(sums), v128.load(block, factorAt));
  const nudge = v128.or(v128.and(product, f32x4.splat(-0.0)), v128.load(block, nudgeAt));
  const low = v128.load32_splat(header, realLowAt);
  return f32x4.pmax(f32x4.pmin(f32x4.add(product, nudge), v128.load32_splat(header, realHighAt)), low);
}

/** Lanes whose rounding float32 leaves no doubt of: not near to a half, and not NaN. */
function certain(real: v128, rounded: v128): v128 {
  const whole = f32x4.sub(rounded, f32x4.splat(<f32>roundingNumber));
  return f32x4.le(f32x4.abs(f32x4.sub(real, whole)), f32x4.splat(<f32>(0.5 - floatDoubt)));
}

/** The eight channels of a block as int8 in the low half of the vector. `header`: of the scaling that `block` belongs to. */
export function requantize(first: v128, second: v128, header: usize, block: usize): v128 {
  const a = realSteps(first, header, block);
  const b = realSteps(second, header, block + 16);
  const roundedA = f32x4.add(a, f32x4.splat(<f32>roundingNumber));
  const roundedB = f32x4.add(b, f32x4.splat(<f32>roundingNumber));
  const isCertain = i32x4.all_true(v128.and(certain(a, roundedA), certain(b, roundedB)));
  if (!isCertain) return requantizeExactly(first, second, header, block);
  const bits = v128.load32_splat(header, roundedBitsAt);
  const steps = i16x8.narrow_i32x4_s(i32x4.sub(roundedA, bits), i32x4.sub(roundedB, bits));
  return i8x16.narrow_i16x8_s(steps, steps);
}
