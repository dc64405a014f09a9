// The first channels of a block, where a layer's last one has less than eight.

/** The low `lanes` (at most 8) int8 of `values`, and nothing behind them: that may be another group's. */
export function storeLanes(target: usize, values: v128, lanes: i32): void {
  if (lanes === 8) {
    v128.store64_lane(target, values, 0);
    return;
  }
  let rest = i64x2.extract_lane(values, 0);
  for (let lane: i32 = 0; lane < lanes; lane++, rest >>= 8) store<u8>(target + lane, <u8>rest);
}
