// Draws the demo's data: eight kinds of shapes, 16 x 16 pixels, 0..255, with noise, anywhere in the picture.
import { randomStream } from '../networks/random.mjs';

export const side = 16;
export const labels = ['disc', 'ring', 'square', 'frame', 'plus', 'cross', 'rows', 'columns'];

/** Each says whether the point (x, y), in units of the shape's radius around its centre, is inked. */
const inked = [
  (x, y) => x * x + y * y < 1,
  (x, y) => Math.abs(Math.hypot(x, y) - 0.8) < 0.25,
  (x, y) => Math.max(Math.abs(x), Math.abs(y)) < 0.9,
  (x, y) => Math.abs(Math.max(Math.abs(x), Math.abs(y)) - 0.8) < 0.22,
  (x, y) => Math.min(Math.abs(x), Math.abs(y)) < 0.25 && Math.max(Math.abs(x), Math.abs(y)) < 1,
  (x, y) => Math.min(Math.abs(x - y), Math.abs(x + y)) < 0.35 && Math.max(Math.abs(x), Math.abs(y)) < 1,
  (x, y) => Math.max(Math.abs(x), Math.abs(y)) < 1 && Math.floor((y + 1) * 2.5) % 2 === 0,
  (x, y) => Math.max(Math.abs(x), Math.abs(y)) < 1 && Math.floor((x + 1) * 2.5) % 2 === 0,
];

/** @returns {{ images: Uint8Array, labels: Uint8Array }} images [count, 16, 16, 1], classes in turn. */
export function drawShapes(count, seed) {
  const random = randomStream(seed);
  const images = new Uint8Array(count * side * side);
  const classes = Uint8Array.from({ length: count }, (_, i) => i % inked.length);
  for (let i = 0; i < count; i++) {
    const radius = 4 + random() * 3;
    const [centerX, centerY] = [8 + (random() - 0.5) * 4, 8 + (random() - 0.5) * 4];
    const [ink, paper] = [150 + random() * 105, random() * 70];
    for (let p = 0; p < side * side; p++) {
      const [x, y] = [((p % side) + 0.5 - centerX) / radius, (Math.floor(p / side) + 0.5 - centerY) / radius];
      const value = (inked[classes[i]](x, y) ? ink : paper) + (random() - 0.5) * 60;
      images[i * side * side + p] = Math.max(0, Math.min(255, Math.round(value)));
    }
  }
  return { images, labels: classes };
}
