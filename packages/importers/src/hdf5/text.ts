// Bytes of the file as text: UTF-8, of which HDF5's ASCII is a part.

/** Malformed UTF-8 becomes U+FFFD, so every name can be printed. Linear in the number of bytes. */
export function readText(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

/** The bytes up to the first NUL, or all of them. */
export function beforeNul(bytes: Uint8Array): Uint8Array {
  const end = bytes.indexOf(0);
  return end < 0 ? bytes : bytes.subarray(0, end);
}
