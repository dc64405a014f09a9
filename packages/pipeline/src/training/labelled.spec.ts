// Which samples a training by labels can be made with.
import { areLabelled } from './train-made.js';

const known = Float32Array.of(1);
const of = (...truths: (Float32Array | undefined)[]) => ({ truths });

it.each([
  ['one output of all samples', [of(known), of(known)], true],
  ['one of two outputs', [of(known, undefined), of(known, undefined)], true],
  ['no output', [of(undefined), of(undefined)], false],
  ['some samples', [of(known), of(undefined)], false],
  ['now the one, now the other output', [of(known, undefined), of(undefined, known)], false],
])('what is known of %s', (_, samples, expected) => {
  expect(areLabelled(samples)).toBe(expected);
});
