// The drawn surfaces in poor light: less contrast, on top of any brightness.
import { randomStream } from './random.mjs';
import { texturesDataset } from './textures-dataset.mjs';

/** @returns {{ values: Uint8Array, labels: Uint8Array }} values [count, 24, 24, 3] */
function draw(count, seed) {
  const { values, labels } = texturesDataset.draw(count, seed);
  // Another stream than that of the surfaces.
  const random = randomStream(seed * 7 + 3);
  const within = (from, to) => from + (to - from) * random();
  const size = values.length / count;
  for (let i = 0; i < count; i++) {
    const [contrast, brightness] = [within(0.3, 0.7), within(20, 110)];
    for (let k = i * size; k < (i + 1) * size; k++)
      values[k] = Math.min(255, Math.round(brightness + contrast * values[k]));
  }
  return { values, labels };
}

export const dimTexturesDataset = { ...texturesDataset, name: 'dim-textures', draw };
