// Frames: their bytes, the checksum's published value, and no damage that passes for a frame.
import { crc32c } from './crc32c.js';
import { decodeFrame as decode, encodeFrame, frameOverhead, longestStuffed, type Frame } from './frame.js';
import { limits } from './message-table.js';
import { randomBytes, randomNumbers } from './testing/random-bytes.js';

const frame: Frame = { version: 1, type: 7, request: 0x0203, offset: 0x04050607, length: 2, body: Uint8Array.of(0, 9) };
const decodeFrame = (stuffed: Uint8Array): Frame | null => decode(stuffed, stuffed.length);
const between = (line: Uint8Array): Uint8Array => line.slice(1, -1);

it('has the checksum of RFC 3720', () => {
  expect(crc32c(new TextEncoder().encode('123456789'), 9)).toBe(0xe3069283);
  expect(crc32c(new Uint8Array(32), 32)).toBe(0x8a9136aa);
  expect(crc32c(new Uint8Array(33).fill(0xff), 32)).toBe(0x62a8ab43);
});

it('stands between zeros, the header little-endian in front', () => {
  const line = encodeFrame(frame);
  expect([line[0], line.at(-1)]).toEqual([0, 0]);
  expect(line).toHaveLength(frameOverhead + 2);
  expect([...between(line)].slice(0, 13)).toEqual([10, 1, 7, 3, 2, 7, 6, 5, 4, 2, 1, 6, 9]);
  expect(decodeFrame(between(line))).toEqual(frame);
});

it('holds as much as the limits say, and no more', () => {
  const body = new Uint8Array(limits.fieldBytes + limits.dataBytes).fill(1);
  expect(between(encodeFrame({ ...frame, body }))).toHaveLength(longestStuffed);
  expect(decodeFrame(between(encodeFrame({ ...frame, body })))!.body).toHaveLength(body.length);
  expect(() => encodeFrame({ ...frame, body: new Uint8Array(body.length + 1) })).toThrow(RangeError);
  expect(() => encodeFrame({ ...frame, request: 65536 })).toThrow('request is no u16: 65536');
});

it('is none once a byte is another, gone, doubled or out of its turn', () => {
  const random = randomNumbers(2);
  for (let round = 0; round < 20_000; round++) {
    const line = between(encodeFrame({ ...frame, body: randomBytes(random, random(40)) }));
    const at = random(line.length - 1);
    const damaged = [...line];
    const kind = random(4);
    if (kind === 0) damaged[at] = damaged[at]! ^ (1 + random(255));
    else if (kind === 1) damaged.splice(at, 1);
    else if (kind === 2) damaged.splice(at, 0, damaged[at]!);
    else damaged.splice(at, 2, damaged[at + 1]!, damaged[at]!);
    if (Buffer.compare(Uint8Array.from(damaged), line) === 0) continue;
    expect(decodeFrame(Uint8Array.from(damaged))).toBeNull();
  }
});
