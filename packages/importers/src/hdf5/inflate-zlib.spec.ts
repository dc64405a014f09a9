// Decompression with a cap: the right bytes, and refusal of longer, shorter, broken and changed streams.
import { zlibSync } from 'fflate';
import { WherryError } from '@wherry/graph';
import { inflateZlib } from './inflate-zlib.js';

function codeOf(run: () => unknown): string {
  try {
    run();
    return 'accepted';
  } catch (error) {
    return error instanceof WherryError ? error.diagnostic.code : String(error);
  }
}

const noise = (length: number): Uint8Array =>
  Uint8Array.from({ length }, (_, i) => (Math.imul(i + 1, 0x9e3779b1) >>> 13) & 0xff);

describe('inflateZlib', () => {
  it.each([1, 100, 5000, 100_000])('gives back %d bytes', (length) => {
    expect(inflateZlib(zlibSync(noise(length)), length, 'here')).toEqual(noise(length));
  });

  // Whatever grew without a bound would meet the limit of the suite, on any machine.
  it.each([1000, 100_000, 20_000_000])('refuses %d bytes where fewer are allowed', (length) => {
    expect(codeOf(() => inflateZlib(zlibSync(new Uint8Array(length)), length - 1, 'here'))).toMatch(
      /^HDF5_(INVALID|CHECKSUM)$/,
    );
    expect(codeOf(() => inflateZlib(zlibSync(noise(length / 100)), 7, 'here'))).toMatch(/^HDF5_(INVALID|CHECKSUM)$/);
  });

  it('never gives other bytes for a changed or cut stream', () => {
    const stored = zlibSync(noise(200));
    for (let at = 0; at < stored.length; at++) {
      const copy = Uint8Array.from(stored);
      copy[at]! ^= 0x41;
      // A few bits, such as the padding behind the last code, mean nothing.
      const code = codeOf(() => expect(inflateZlib(copy, 200, 'here')).toEqual(noise(200)));
      expect([at, code]).toEqual([at, expect.stringMatching(/^(accepted|HDF5_INVALID|HDF5_CHECKSUM)$/)]);
      expect(codeOf(() => inflateZlib(stored.subarray(0, at), 200, 'here'))).toMatch(/^HDF5_(INVALID|CHECKSUM)$/);
    }
  });
});
