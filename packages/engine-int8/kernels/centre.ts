// int8 values less their zero point, as int16, into the middle of an image whose border is the padding.

/**
 * `source`: [rows, length] of int8. `target`: int16, each row `rowBytes` behind the one before. Each value is written `repeat`
 * times in a row: once for every filter that a depthwise layer has per channel.
 */
export function centre(
  source: usize,
  rows: i32,
  length: i32,
  zeroPoint: i32,
  repeat: i32,
  target: usize,
  rowBytes: i32,
): void {
  const zeroPoints = i16x8.splat(<i16>zeroPoint);
  for (let row: i32 = 0; row < rows; row++, source += length, target += rowBytes) {
    let done: i32 = 0;
    if (repeat === 1) {
      for (; done + 8 <= length; done += 8) {
        v128.store(target + (done << 1), i16x8.sub(v128.load8x8_s(source + done), zeroPoints));
      }
    }
    let to = target + (done << 1);
    for (; done < length; done++) {
      const value = <i16>(<i32>load<i8>(source + done) - zeroPoint);
      for (let copy: i32 = 0; copy < repeat; copy++, to += 2) store<i16>(to, value);
    }
  }
}
