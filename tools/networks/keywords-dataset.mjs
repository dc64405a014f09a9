// Draws spoken words as log spectra: 40 frames of 16 bands, as a microphone, a speaker and a room change them.
import { normalStream, randomStream } from './random.mjs';

const [frames, bands] = [40, 16];

/** Sounds of a word: bands of two resonances where each begins and ends, how loud, and how long beside the others. */
const sounds = {
  a: { from: [5, 8.5], to: [5, 8.5], loud: 1, long: 1.2 },
  i: { from: [2, 11.5], to: [2, 11.5], loud: 0.9, long: 1 },
  o: { from: [4, 6.5], to: [3.2, 5.8], loud: 1, long: 1.2 },
  u: { from: [2.2, 5], to: [2.2, 5], loud: 0.85, long: 1 },
  e: { from: [3.8, 10], to: [3, 11], loud: 0.95, long: 1 },
  l: { from: [2.6, 7.5], to: [4, 9], loud: 0.7, long: 0.6 },
  n: { from: [1.5, 9], to: [1.5, 9], loud: 0.55, long: 0.6 },
  s: { from: [13, 14.5], to: [13, 14.5], loud: 0.7, long: 0.8 },
  f: { from: [11, 14], to: [11, 14], loud: 0.4, long: 0.7 },
  t: { from: [12, 9], to: [13, 8], loud: 0.5, long: 0.25 },
  pause: { from: [0, 0], to: [0, 0], loud: 0, long: 0.3 },
};

const words = {
  yes: ['i', 'e', 's'],
  no: ['n', 'o', 'u'],
  left: ['l', 'e', 'f', 'pause', 't'],
  right: ['l', 'a', 'i', 'pause', 't'],
  on: ['a', 'n'],
  off: ['a', 'f'],
  stop: ['s', 'pause', 't', 'o', 'pause'],
  up: ['a', 'pause', 't'],
};

const labels = Object.keys(words);

/** All words in turn. @returns {{ values: Float32Array, labels: Uint8Array }} values [count, 40, 16, 1] */
function draw(count, seed) {
  const random = randomStream(seed);
  const normal = normalStream(random);
  const values = new Float32Array(count * frames * bands);
  const classes = Uint8Array.from({ length: count }, (_, i) => i % labels.length);
  classes.forEach((word, i) => values.set(speak(words[labels[word]], random, normal), i * frames * bands));
  return { values, labels: classes };
}

function speak(word, random, normal) {
  const within = (from, to) => from + (to - from) * random();
  const lengths = word.map((sound) => sounds[sound].long * within(0.65, 1.45));
  const whole = lengths.reduce((sum, length) => sum + length, 0);
  const [length, start] = [within(17, 27), within(3, 11)];
  const [pitch, shift, gain] = [within(0.88, 1.14), within(-0.5, 0.5), within(4.5, 8)];
  const [floor, tilt, ripple] = [within(-1, 1), within(-0.12, 0.12), within(0.6, 1.5)];
  const energy = new Float64Array(frames * bands);
  let at = start;
  word.forEach((sound, k) => {
    const end = at + (length * lengths[k]) / whole;
    const changed = [within(-0.4, 0.4), within(-0.6, 0.6)];
    addSound(energy, sounds[sound], { from: at, to: end, place: (band, r) => band * pitch + shift + changed[r] });
    at = end;
  });
  return Float32Array.from(energy, (share, i) => floor + tilt * (i % bands) + gain * share + ripple * normal());
}

/** The louder of what is there and this sound; it swells and fades within two frames. */
function addSound(energy, { from: first, to: last, loud }, { from, to, place }) {
  for (let frame = Math.max(0, Math.floor(from)); frame < Math.min(frames, Math.ceil(to)); frame++) {
    const t = Math.min(1, Math.max(0, (frame - from) / (to - from)));
    const swell = Math.min(1, (frame - from + 1) / 2, (to - frame) / 2);
    for (let band = 0; band < bands; band++)
      first.forEach((begin, r) => {
        const distance = band - place(begin + t * (last[r] - begin), r);
        const share = loud * swell * (r === 0 ? 1 : 0.8) * Math.exp((-distance * distance) / 2);
        if (share > energy[frame * bands + band]) energy[frame * bands + band] = share;
      });
  }
}

export const keywordsDataset = { name: 'keywords', shape: [frames, bands, 1], labels, draw };
