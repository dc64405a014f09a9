// Draws how a motor vibrates: recordings of half a second at 2 kHz, sound ones and such with a fault that is beginning.
import { normalStream, randomStream } from '../networks/random.mjs';

const [rate, length] = [2000, 1024];

/** Shares of the first harmonics in what a sound motor gives. */
const harmonics = [1, 0.45, 0.6, 0.25, 0.2, 0.3];

/** What each fault adds: at a time in seconds, of a motor that turns so often in a second. */
const faults = {
  /** A pit in a bearing: what rolls over it rings. */
  bearing: (within, turns) => {
    const [strength, tone, fading] = [within(1400, 4000), within(480, 760), within(90, 160)];
    const [often, first] = [3.58 * turns, within(0, 0.01)];
    return (t) => {
      const since = (((t - first) * often) % 1) / often;
      return since < 0 ? 0 : strength * Math.exp(-fading * since) * Math.sin(2 * Math.PI * tone * since);
    };
  },
  /** A rotor that touches its housing once a turn. */
  rubbing: (within, turns, normal) => {
    const [strength, phase] = [within(700, 2200), within(0, 2 * Math.PI)];
    return (t) => strength * Math.max(0, Math.sin(2 * Math.PI * turns * t + phase)) * normal();
  },
  /** Teeth that are worn: a tone of many times the turns, that comes and goes with them. */
  gear: (within, turns) => {
    const [strength, teeth, phase] = [within(450, 1300), within(-1, 1) < 0 ? 13 : 17, within(0, 2 * Math.PI)];
    return (t) =>
      strength *
      (1 + 0.6 * Math.cos(2 * Math.PI * turns * t + phase)) *
      Math.sin(2 * Math.PI * teeth * turns * t + phase);
  },
};
const faultNames = Object.keys(faults);

/**
 * Recordings, one after the other.
 * @param {number} faulty how many of them have a fault: those at the end
 * @returns {{ values: Int16Array, labels: Uint8Array }} values [count, 1024], label 1 of a fault
 */
function draw(count, seed, faulty = 0) {
  const random = randomStream(seed);
  const normal = normalStream(random);
  const labels = Uint8Array.from({ length: count }, (_, i) => (i >= count - faulty ? 1 : 0));
  const values = new Int16Array(count * length);
  labels.forEach((label, i) => {
    const fault = label === 0 ? undefined : faults[faultNames[i % faultNames.length]];
    values.set(record(fault, random, normal), i * length);
  });
  return { values, labels };
}

/** The sensor sits in its own way on each motor, and what it gives drifts with its warmth. */
function record(fault, random, normal) {
  const within = (from, to) => from + (to - from) * random();
  const [turns, load, noise] = [within(22, 28), within(2500, 5500), within(90, 200)];
  const [drift, slow] = [within(-300, 300), within(0.2, 1)];
  const parts = harmonics.map((share, k) => ({
    strength: load * share * within(0.6, 1.4),
    pace: 2 * Math.PI * turns * (k + 1),
    phase: within(0, 2 * Math.PI),
  }));
  const added = fault?.(within, turns, normal);
  return Int16Array.from({ length }, (_, i) => {
    const t = i / rate;
    const hum = parts.reduce((sum, { strength, pace, phase }) => sum + strength * Math.sin(pace * t + phase), 0);
    return Math.round(hum + drift * Math.sin(2 * Math.PI * slow * t) + (added?.(t) ?? 0) + noise * normal());
  });
}

export const soundsDataset = { name: 'machine-sounds', rate, length, draw };
