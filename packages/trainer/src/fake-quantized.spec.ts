// A scale that is not trained gives its own steps back, and no others: on the plain backend.
import * as tf from '@tensorflow/tfjs-core';
import { fakeQuantized } from './fake-quantized.js';
import type { GraphFormats } from './formats.js';
import { plainBackend } from './testing/plain-backend.js';
import type { Trainables } from './trainables.js';

beforeAll(plainBackend);

it.each([
  ['int16', { least: -32768, greatest: 32767, symmetric: true }, 0, [-32767, -16000, 0, 1, 16000, 32767]],
  ['int8', { least: -128, greatest: 127, symmetric: false }, -15, [-113, -50, 0, 1, 60, 142]],
] as const)('keeps every step of a fixed scale of %s', (_, format, zeroPoint, steps) => {
  const scale = 2 ** -13;
  const formats: GraphFormats = {
    activations: new Map([[0, { group: 0, ...format, fixed: { scale, zeroPoint } }]]),
    weights: new Map(),
    biases: new Map(),
    constants: new Map(),
  };
  // Nothing is trained of it.
  const at = fakeQuantized(tf, formats, {} as Trainables);
  const given = at(0, tf.tensor(steps.map((step) => step * scale))).arraySync() as number[];
  given.forEach((value, i) => expect(value / scale).toBeCloseTo(steps[i]!, 2));
});
