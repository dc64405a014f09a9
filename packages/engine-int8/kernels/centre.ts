// int8 values less their zero point, as int16, into an image whose border is the padding.

/**
 * `source`: [rows, length] of int8. `image`: int16, `imageBytes` in all; its first value that is no padding is at `origin`, each
 * row `rowBytes` behind the one before. Each value is written `repeat` times in a row: once for every filter that a depthwise
 * layer has per channel. All of the image is written: its memory had another content before.
 */
export function centre(
  source: usize,
  rows: i32,
  length: i32,
  zeroPoint: i32,
  repeat: i32,
  image: usize,
  imageBytes: i32,
  origin: i32,
  rowBytes: i32,
): void {
  const zeroPoints = i16x8.splat(<i16>zeroPoint);
  const end = image + imageBytes;
  let padded = image;
  let target = image + origin;
  for (let row: i32 = 0; row < rows; row++, source += length, target += rowBytes) {
    if (target > padded) memory.fill(padded, 0, target - padded);
    let done: i32 = 0;
    if (repeat === 1) {
      for (; done + 8 <= length; done += 8) {
        v128.store(target + (done << 1), i16x8.sub(v128.load8x8_s(source + done), zeroPoints));
      }
    }
    padded = target + ((done * repeat) << 1);
    for (; done < length; done++) {
      const value = <i16>(<i32>load<i8>(source + done) - zeroPoint);
      for (let copy: i32 = 0; copy < repeat; copy++, padded += 2) store<i16>(padded, value);
    }
  }
  if (end > padded) memory.fill(padded, 0, end - padded);
}
