// Fletcher's checksum as HDF5 computes it, at the edge where folding carries and taking remainders differ.
import { fletcher32 } from './filter-pipeline.js';

describe('fletcher32', () => {
  it.each([
    [[], 0],
    [[0, 0, 0, 0], 0],
    [[1, 2], 0x01020102],
    // An odd byte is the upper half of a word.
    [[1], 0x01000100],
    [[0xff, 0xff], 0xffffffff],
    [[0xff, 0xfe, 0x00, 0x01], 0xfffeffff],
  ])('of %j', (bytes, expected) => {
    expect(fletcher32(Uint8Array.from(bytes))).toBe(expected);
  });
});
