// The drawn words over the noise of a room: log energies as a microphone gives them, all of them far above 0.
import { keywordsDataset } from './keywords-dataset.mjs';
import { randomStream } from './random.mjs';

/** How loud a room is, on the scale of the words. */
const [quietest, loudest] = [8, 14];

/** @returns {{ values: Float32Array, labels: Uint8Array }} values [count, 40, 16, 1] */
function draw(count, seed) {
  const { values, labels } = keywordsDataset.draw(count, seed);
  // Another stream than that of the words.
  const random = randomStream(seed * 7 + 3);
  const size = values.length / count;
  for (let i = 0; i < count; i++) {
    const room = quietest + (loudest - quietest) * random();
    for (let k = i * size; k < (i + 1) * size; k++) values[k] += room;
  }
  return { values, labels };
}

export const loudKeywordsDataset = { ...keywordsDataset, name: 'loud-keywords', draw };
