// The PNG holds the pixels that it was made of, and its checksums are right.
import { crc32, inflateSync } from 'node:zlib';
import { png } from './picture.js';

function chunksOf(bytes: Uint8Array) {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const chunks: { type: string; data: Uint8Array; sum: number; wanted: number }[] = [];
  for (let at = 8; at < bytes.length;) {
    const length = view.getUint32(at);
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    chunks.push({
      type,
      data: bytes.subarray(at + 8, at + 8 + length),
      sum: view.getUint32(at + 8 + length),
      wanted: crc32(bytes.subarray(at + 4, at + 8 + length)),
    });
    at += length + 12;
  }
  return chunks;
}

it.each([
  [1, 0],
  [3, 2],
] as const)('of %d channels', (channels, colour) => {
  const [width, height] = [5, 3];
  const pixels = Uint8Array.from({ length: width * height * channels }, (_, i) => (i * 37) & 255);
  const bytes = png({ kind: 'picture', width, height, channels, pixels, words: '' });
  expect([...bytes.subarray(0, 8)]).toEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const chunks = chunksOf(bytes);
  expect(chunks.map(({ type }) => type)).toEqual(['IHDR', 'IDAT', 'IEND']);
  for (const { sum, wanted } of chunks) expect(sum).toBe(wanted);
  expect([...chunks[0]!.data]).toEqual([0, 0, 0, width, 0, 0, 0, height, 8, colour, 0, 0, 0]);
  const rows = inflateSync(chunks[1]!.data);
  const stride = width * channels;
  for (let row = 0; row < height; row++) {
    expect(rows[row * (stride + 1)]).toBe(0);
    expect([...rows.subarray(row * (stride + 1) + 1, (row + 1) * (stride + 1))]).toEqual([
      ...pixels.subarray(row * stride, (row + 1) * stride),
    ]);
  }
});
