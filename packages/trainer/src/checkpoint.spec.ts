// Checkpoints come back as they were, and what is none, or another's, or damaged anywhere, is refused.
import { decodeCheckpoint, encodeCheckpoint, type TrainingState } from './checkpoint.js';

const named = (name: string, ...values: number[]) => ({
  name,
  shape: [values.length],
  values: Float32Array.from(values),
});
const state: TrainingState = {
  epoch: 3,
  history: [
    { epoch: 0, loss: 2, heldBack: 2 },
    { epoch: 1, loss: 1.5, heldBack: 1.25 },
  ],
  best: { epoch: 1, heldBack: 1.25 },
  variables: [named('0', 1, 2, 3), { name: '1', shape: [], values: Float32Array.of(4) }],
  averages: [named('0', 1, 2, 4), { name: '1', shape: [], values: Float32Array.of(5) }],
  bestVariables: [named('0', 0.5)],
  optimizer: [named('iter', 9)],
  settled: [named('7 held', Number.NaN, -3)],
  masks: [named('7', 1, 0)],
  bestMasks: [],
};
const bytes = encodeCheckpoint(state, 'a fingerprint');

it('a checkpoint gives back what was written', () => {
  expect(decodeCheckpoint(bytes, 'a fingerprint', 'here')).toEqual(state);
});

it('that of another training is refused', () => {
  expect(() => decodeCheckpoint(bytes, 'another', 'here')).toThrow(/CHECKPOINT_OTHER/);
});

it('is refused wherever it is cut off, and with anything behind it', () => {
  for (let length = 0; length < bytes.length; length++)
    expect(() => decodeCheckpoint(bytes.subarray(0, length), 'a fingerprint', 'here')).toThrow(/CHECKPOINT_UNREADABLE/);
  const longer = new Uint8Array(bytes.length + 4);
  longer.set(bytes);
  expect(() => decodeCheckpoint(longer, 'a fingerprint', 'here')).toThrow(/CHECKPOINT_UNREADABLE/);
});

it('is refused or read, and never breaks, whatever byte of its header is another', () => {
  const end = bytes.indexOf(10, 18);
  for (let at = 0; at < end; at++)
    for (const value of [0, 34, 48, 57, 93, 125, 255]) {
      const damaged = bytes.slice();
      damaged[at] = value;
      try {
        decodeCheckpoint(damaged, 'a fingerprint', 'here');
      } catch (error) {
        expect(String(error)).toMatch(/CHECKPOINT_(UNREADABLE|OTHER)/);
      }
    }
});
