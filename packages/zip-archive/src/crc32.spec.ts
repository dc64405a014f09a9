// The checksum against zlib's own.
import { crc32 as zlibCrc32 } from 'node:zlib';
import { crc32 } from './crc32.js';

it('equals the checksum of zlib, for every length and in pieces', () => {
  const bytes = Uint8Array.from({ length: 300 }, (_, i) => (i * 137 + (i >> 3)) & 255);
  for (let length = 0; length <= bytes.length; length++) {
    const part = bytes.subarray(0, length);
    expect(crc32(part)).toBe(zlibCrc32(part));
    const cut = (length * 7) % (length + 1);
    expect(crc32(part.subarray(cut), crc32(part.subarray(0, cut)))).toBe(zlibCrc32(part));
  }
});
