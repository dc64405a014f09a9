// Draws digits as a hand writes them: 28 x 28 pixels, 0..255, each bent, slanted, placed and inked in its own way.
import { randomStream } from './random.mjs';
import { drawStroke, smoothed } from './strokes.mjs';

const side = 28;

/** Corners of the strokes of each digit, before they are bent. */
const digits = [
  [
    [
      [0.5, 0.08],
      [0.2, 0.15],
      [0.18, 0.5],
      [0.2, 0.85],
      [0.5, 0.93],
      [0.8, 0.85],
      [0.82, 0.5],
      [0.8, 0.15],
      [0.5, 0.08],
    ],
  ],
  [
    [
      [0.34, 0.26],
      [0.54, 0.08],
      [0.53, 0.5],
      [0.52, 0.92],
    ],
  ],
  [
    [
      [0.22, 0.3],
      [0.3, 0.08],
      [0.7, 0.06],
      [0.8, 0.35],
      [0.5, 0.62],
      [0.2, 0.9],
      [0.5, 0.9],
      [0.82, 0.9],
    ],
  ],
  [
    [
      [0.22, 0.14],
      [0.6, 0.02],
      [0.82, 0.28],
      [0.6, 0.46],
      [0.42, 0.48],
      [0.64, 0.5],
      [0.86, 0.72],
      [0.6, 0.98],
      [0.2, 0.86],
    ],
  ],
  [
    [
      [0.56, 0.08],
      [0.4, 0.35],
      [0.18, 0.62],
      [0.5, 0.62],
      [0.84, 0.62],
    ],
    [
      [0.64, 0.36],
      [0.63, 0.6],
      [0.61, 0.93],
    ],
  ],
  [
    [
      [0.76, 0.09],
      [0.32, 0.1],
      [0.29, 0.46],
      [0.5, 0.4],
      [0.84, 0.52],
      [0.78, 0.9],
      [0.46, 0.96],
      [0.2, 0.84],
    ],
  ],
  [
    [
      [0.68, 0.08],
      [0.4, 0.2],
      [0.2, 0.6],
      [0.28, 0.94],
      [0.66, 0.96],
      [0.82, 0.68],
      [0.6, 0.48],
      [0.34, 0.54],
      [0.24, 0.72],
    ],
  ],
  [
    [
      [0.2, 0.12],
      [0.5, 0.1],
      [0.8, 0.1],
      [0.62, 0.42],
      [0.48, 0.66],
      [0.42, 0.93],
    ],
  ],
  [
    [
      [0.5, 0.48],
      [0.22, 0.36],
      [0.28, 0.06],
      [0.7, 0.04],
      [0.78, 0.34],
      [0.5, 0.48],
      [0.18, 0.66],
      [0.24, 0.96],
      [0.76, 0.96],
      [0.82, 0.66],
      [0.5, 0.48],
    ],
  ],
  [
    [
      [0.76, 0.3],
      [0.6, 0.06],
      [0.28, 0.1],
      [0.2, 0.4],
      [0.46, 0.56],
      [0.7, 0.42],
      [0.78, 0.26],
      [0.74, 0.6],
      [0.64, 0.93],
    ],
  ],
];

const labels = digits.map((_, digit) => String(digit));

/** Digits of all ten kinds in turn. @returns {{ values: Uint8Array, labels: Uint8Array }} values [count, 28, 28, 1] */
function draw(count, seed) {
  const random = randomStream(seed);
  const values = new Uint8Array(count * side * side);
  const classes = Uint8Array.from({ length: count }, (_, i) => i % digits.length);
  classes.forEach((digit, i) => values.set(drawDigit(digit, random), i * side * side));
  return { values, labels: classes };
}

function drawDigit(digit, random) {
  const within = (from, to) => from + (to - from) * random();
  const place = writing(within);
  const ink = new Float64Array(side * side);
  const halfWidth = within(0.6, 1.7);
  const wobble = () => within(-0.075, 0.075);
  for (const corners of digits[digit])
    drawStroke(ink, side, smoothed(corners.map(([x, y]) => place(x + wobble(), y + wobble()))), halfWidth);
  const [darkest, paper, grain] = [within(120, 255), within(0, 40), within(0, 70)];
  return ink.map((share) =>
    Math.min(255, Math.max(0, Math.round(paper + share * (darkest - paper) + within(-grain, grain)))),
  );
}

/** A way to write: where in the picture a point of the unit square comes to lie. */
function writing(within) {
  const [angle, slant] = [within(-0.3, 0.3), within(-0.35, 0.35)];
  const [width, height] = [within(11, 19), within(15, 22)];
  const [centerX, centerY] = [within(11.5, 16.5), within(12, 16)];
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return (x, y) => {
    const [ownX, ownY] = [(x - 0.5 - slant * (y - 0.5)) * width, (y - 0.5) * height];
    return [centerX + cos * ownX - sin * ownY, centerY + sin * ownX + cos * ownY];
  };
}

export const digitsDataset = { name: 'digits', shape: [side, side, 1], labels, draw };
