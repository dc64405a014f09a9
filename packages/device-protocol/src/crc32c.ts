// The checksum of frames: CRC-32C (Castagnoli), reflected polynomial 0x82F63B78 (RFC 3720, appendix B.4).

const table = new Int32Array(256).map((_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  return crc;
});

/** Of the first `length` bytes. */
export function crc32c(bytes: Uint8Array, length: number): number {
  let crc = -1;
  for (let at = 0; at < length; at++) crc = (crc >>> 8) ^ table[(crc ^ bytes[at]!) & 255]!;
  return ~crc >>> 0;
}
