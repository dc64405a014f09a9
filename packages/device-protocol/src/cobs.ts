// Consistent overhead byte stuffing: bytes without a zero, so that a zero ends a frame (Cheshire and Baker, 1999).

/** The most that `bytes` bytes become. */
export function stuffedBytes(bytes: number): number {
  return bytes + Math.floor(bytes / 254) + 1;
}

/** Each run of up to 254 bytes other than zero, behind a byte with its length and one; what is shorter stands for a zero behind it. */
export function stuff(bytes: Uint8Array): Uint8Array {
  const stuffed = new Uint8Array(stuffedBytes(bytes.length));
  let lengthAt = 0;
  let end = 1;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]!;
    if (byte !== 0) stuffed[end++] = byte;
    const full = end - lengthAt === 255;
    if (byte === 0 || (full && at < bytes.length - 1)) {
      stuffed[lengthAt] = end - lengthAt;
      lengthAt = end++;
    }
  }
  stuffed[lengthAt] = end - lengthAt;
  return stuffed.subarray(0, end);
}

/** Into `plain`, which has room for as much. Returns how many bytes they were, or -1 where no bytes are stuffed so. */
export function unstuff(stuffed: Uint8Array, length: number, plain: Uint8Array): number {
  let from = 0;
  let end = 0;
  while (from < length) {
    const run = stuffed[from++]!;
    const next = from + run - 1;
    if (run === 0 || next > length) return -1;
    while (from < next) plain[end++] = stuffed[from++]!;
    if (run < 255 && from < length) plain[end++] = 0;
  }
  return length === 0 ? -1 : end;
}
