// Draws surfaces in colour: 24 x 24 pixels, RGB 0..255, ten kinds of pattern, of any two colours, in any scale and light.
import { randomStream } from './random.mjs';

const side = 24;
const { abs, floor, hypot, sin } = Math;
const fraction = (x) => x - floor(x);
const half = (x) => (fraction(x) < 0.5 ? 1 : 0);
const dot = (x, y) => hypot(fraction(x) - 0.5, fraction(y) - 0.5);

/** Share of the second colour at a point, in periods of the pattern; `lot(x, y)` draws one number for each whole cell. */
const patterns = {
  stripes: (x) => half(x),
  waves: (x, y) => half(x + 0.35 * sin(3 * y)),
  zigzag: (x, y) => half(x + abs(fraction(y / 1.6) - 0.5)),
  checks: (x, y) => (half(x) === half(y) ? 1 : 0),
  dots: (x, y) => (dot(x, y) < 0.32 ? 1 : 0),
  rings: (x, y) => (abs(dot(x, y) - 0.33) < 0.12 ? 1 : 0),
  bricks: (x, y) => (fraction(y * 1.4) < 0.22 || fraction(x * 0.8 + 0.5 * (floor(y * 1.4) % 2)) < 0.15 ? 1 : 0),
  mesh: (x, y) => (fraction(x) < 0.25 || fraction(y) < 0.25 ? 1 : 0),
  cells: (x, y, lot) => (lot(floor(2 * x), floor(2 * y)) < 0.5 ? 1 : 0),
  gradient: (x, y) => fraction((x + 0.4 * y) / 2),
};

const labels = Object.keys(patterns);

/** All kinds in turn. @returns {{ values: Uint8Array, labels: Uint8Array }} values [count, 24, 24, 3] */
function draw(count, seed) {
  const random = randomStream(seed);
  const values = new Uint8Array(count * side * side * 3);
  const classes = Uint8Array.from({ length: count }, (_, i) => i % labels.length);
  classes.forEach((kind, i) => values.set(drawTexture(patterns[labels[kind]], random), i * side * side * 3));
  return { values, labels: classes };
}

function drawTexture(pattern, random) {
  const within = (from, to) => from + (to - from) * random();
  const [angle, period] = [within(-0.4, 0.4), within(4.5, 8)];
  const [cos, sine] = [Math.cos(angle), Math.sin(angle)];
  const [offsetX, offsetY, salt] = [within(0, 50), within(0, 50), floor(within(1, 1e6))];
  const [grain, light] = [within(5, 35), within(-0.2, 0.2)];
  const [first, second] = twoColours(within);
  const lot = (x, y) => fraction(sin(x * 127.1 + y * 311.7 + salt) * 43758.5453);
  return Uint8Array.from({ length: side * side * 3 }, (_, i) => {
    const [column, row] = [floor(i / 3) % side, floor(i / 3 / side)];
    const [x, y] = [(cos * column - sine * row) / period + offsetX, (sine * column + cos * row) / period + offsetY];
    const share = pattern(x, y, lot);
    const colour = first[i % 3] + share * (second[i % 3] - first[i % 3]);
    const lit = colour * (1 + light * ((column + row) / side - 1)) + within(-grain, grain);
    return Math.min(255, Math.max(0, Math.round(lit)));
  });
}

/** The second is the brighter one, in all three; apart from that any two will do. */
function twoColours(within) {
  const dark = [within(10, 130), within(10, 130), within(10, 130)];
  return [dark, dark.map((value) => value + within(50, 120))];
}

export const texturesDataset = { name: 'textures', shape: [side, side, 3], labels, draw };
