// The drawn digits as a scanner's software leaves them: nothing but ink, on paper that is 0 throughout, as MNIST has them.
import { digitsDataset } from './digits-dataset.mjs';

/** What is lighter is paper; the rest is stretched, so that thin strokes stay thin. */
const [paper, stretch] = [90, 1.5];

/** @returns {{ values: Uint8Array, labels: Uint8Array }} values [count, 28, 28, 1] */
function draw(count, seed) {
  const { values, labels } = digitsDataset.draw(count, seed);
  return { values: values.map((value) => Math.min(255, Math.max(0, Math.round(stretch * (value - paper))))), labels };
}

export const scannedDigitsDataset = { ...digitsDataset, name: 'scanned-digits', draw };
