// The number of bytes that HDF5 gives a field whose greatest value is known.

/** floor(log2(limit) / 8) + 1, in exact integer steps: 255 takes one byte, 256 two. */
export function bytesToHold(limit: number): number {
  let bytes = 1;
  for (let rest = Math.floor(limit / 256); rest >= 1; rest = Math.floor(rest / 256)) bytes++;
  return bytes;
}

/** The exponent of a power of two, or undefined for any other number. */
export function exactLog2(value: number): number | undefined {
  let exponent = 0;
  let rest = value;
  while (rest > 1 && rest % 2 === 0) {
    rest /= 2;
    exponent++;
  }
  return rest === 1 ? exponent : undefined;
}
