// Draws gestures as an accelerometer in a hand feels them: 64 moments at 50 Hz of three axes, in thousandths of g.
import { normalStream, randomStream } from '../networks/random.mjs';

const [moments, axes] = [64, 3];

/** One wave of a push: away, then back, from 0 to 1 of its time. */
const awayAndBack = (t) => (t < 0 || t > 1 ? 0 : Math.sin(2 * Math.PI * t));
/** Begins and ends softly within the window. */
const swell = (t) => (t < 0 || t > 1 ? 0 : Math.min(1, 6 * t, 6 * (1 - t)));

/** Each gives what a hand adds to gravity at a time in seconds, before the hand is turned. */
const motions = {
  circle: (within) => {
    const [size, rate] = [within(90, 700), within(0.9, 1.7)];
    const [phase, start, end] = [within(0, 2 * Math.PI), within(0, 0.15), within(1, 1.28)];
    const [direction, roundness] = [within(-1, 1) < 0 ? -1 : 1, within(0.7, 1.3)];
    return (t) => {
      const angle = phase + direction * 2 * Math.PI * rate * t;
      const share = size * swell((t - start) / (end - start));
      return [share * Math.cos(angle), share * roundness * Math.sin(angle), 0.1 * share * Math.cos(angle)];
    };
  },
  lift: (within) => {
    const [size, start, length] = [within(90, 700), within(0.1, 0.4), within(0.55, 0.85)];
    const [aside, back] = [within(-0.25, 0.25), within(0.6, 1.2)];
    return (t) => {
      const wave = awayAndBack((t - start) / length);
      const share = size * (wave < 0 ? back * wave : wave);
      return [aside * share, 0.1 * share, share];
    };
  },
  push: (within) => {
    const [size, start, length] = [within(120, 1400), within(0.1, 0.6), within(0.25, 0.5)];
    const [aside, back] = [within(-0.3, 0.3), within(0.5, 1)];
    return (t) => {
      const wave = awayAndBack((t - start) / length);
      const share = size * (wave < 0 ? back * wave : wave);
      return [aside * share, share, 0.15 * share];
    };
  },
  rest: (within) => {
    const [tremor, rate, phase] = [within(15, 90), within(6, 11), within(0, 2 * Math.PI)];
    const [sway, slow] = [within(0, 120), within(0.2, 0.6)];
    return (t) => [
      tremor * Math.sin(2 * Math.PI * rate * t + phase) + sway * Math.sin(2 * Math.PI * slow * t + phase),
      0.5 * tremor * Math.cos(2 * Math.PI * rate * t) + sway * Math.cos(2 * Math.PI * slow * t),
      0.3 * tremor * Math.sin(2 * Math.PI * rate * t),
    ];
  },
  shake: (within) => {
    const [size, rate, phase] = [within(110, 1500), within(3.2, 6.5), within(0, 2 * Math.PI)];
    const [start, end] = [within(0, 0.3), within(0.9, 1.28)];
    return (t) => {
      const share = size * swell((t - start) / (end - start)) * Math.sin(2 * Math.PI * rate * t + phase);
      return [share, 0.2 * share, 0.15 * share];
    };
  },
};

const labels = Object.keys(motions);

/** All gestures in turn. @returns {{ values: Int16Array, labels: Uint8Array }} values [count, 64, 3] */
function draw(count, seed) {
  const random = randomStream(seed);
  const normal = normalStream(random);
  const classes = Uint8Array.from({ length: count }, (_, i) => i % labels.length);
  const values = new Int16Array(count * moments * axes);
  classes.forEach((gesture, i) => values.set(move(motions[labels[gesture]], random, normal), i * moments * axes));
  return { values, labels: classes };
}

/** The hand holds the sensor in its own way and lets it sink; the sensor is off by a little, and hums. */
function move(motion, random, normal) {
  const within = (from, to) => from + (to - from) * random();
  const at = motion(within);
  const [pitch, roll, sinking] = [within(-0.6, 0.6), within(-0.6, 0.6), within(-0.15, 0.15)];
  const offsets = Array.from({ length: axes }, () => within(-40, 40));
  const hum = within(6, 18);
  let humming = [0, 0, 0];
  const felt = new Int16Array(moments * axes);
  for (let moment = 0; moment < moments; moment++) {
    const t = moment / 50;
    const [x, y, z] = at(t);
    // The filter of the sensor lets a part of the noise of one moment into the next.
    humming = humming.map((before) => 0.7 * before + hum * normal());
    turned([x, y, z + 1000], pitch + sinking * t, roll).forEach((value, axis) => {
      felt[moment * axes + axis] = Math.round(value + offsets[axis] + humming[axis]);
    });
  }
  return felt;
}

/** About the first axis, then about the second. */
function turned([x, y, z], pitch, roll) {
  const [sideways, upright] = [y * Math.cos(pitch) - z * Math.sin(pitch), y * Math.sin(pitch) + z * Math.cos(pitch)];
  return [x * Math.cos(roll) + upright * Math.sin(roll), sideways, upright * Math.cos(roll) - x * Math.sin(roll)];
}

export const gesturesDataset = { name: 'gestures', shape: [moments, axes], labels, draw };
