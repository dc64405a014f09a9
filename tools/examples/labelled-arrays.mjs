// A NumPy archive of samples with their labels; its members are not compressed, as compressed bytes differ between versions of zlib.
import { npyBytes, zipBytes } from '../../packages/calibration-data/test/written-files.mjs';

const descriptions = new Map([
  [Uint8Array, '|u1'],
  [Int16Array, '<i2'],
  [Float32Array, '<f4'],
]);

/** @param {{ values: Uint8Array | Int16Array | Float32Array, labels: Uint8Array }} samples of this shape each */
export function labelledArrays({ values, labels }, shape) {
  const x = npyBytes(descriptions.get(values.constructor), [labels.length, ...shape], values);
  const y = npyBytes('|u1', [labels.length], labels);
  return zipBytes([
    { name: 'x.npy', bytes: x, stored: true },
    { name: 'y.npy', bytes: y, stored: true },
  ]);
}
