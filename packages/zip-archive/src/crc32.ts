// The checksum of zip members: CRC-32 with the reflected polynomial 0xEDB88320 (ISO 3309).

/** [4][256]: position k gives what a byte does k bytes later, so that four are taken at a time. */
const tables = makeTables();

/** `before`: the checksum of what came before. */
export function crc32(bytes: Uint8Array, before = 0): number {
  const [first, second, third, fourth] = tables;
  let crc = ~before;
  let at = 0;
  for (const end = bytes.length - 3; at < end; at += 4) {
    crc ^= bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
    crc = fourth[crc & 255]! ^ third[(crc >>> 8) & 255]! ^ second[(crc >>> 16) & 255]! ^ first[crc >>> 24]!;
  }
  for (; at < bytes.length; at++) crc = (crc >>> 8) ^ first[(crc ^ bytes[at]!) & 255]!;
  return ~crc >>> 0;
}

function makeTables(): readonly [Int32Array, Int32Array, Int32Array, Int32Array] {
  const first = new Int32Array(256).map((_, byte) => {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
    return crc;
  });
  const later = (table: Int32Array): Int32Array => table.map((crc) => (crc >>> 8) ^ first[crc & 255]!);
  const second = later(first);
  const third = later(second);
  return [first, second, third, later(third)];
}
