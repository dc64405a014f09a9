// How close the outputs are, in words that do not claim more or less than was measured.
import { accuracyLines } from './accuracy-text.js';
import type { LimitCheck } from '../accuracy/limit-checks.js';
import type { KnownReport } from './report.js';

const output = { name: 'y', task: 'classes', samples: 10, sqnrDb: 40, cosine: 1, greatestError: 0.1, meanError: 0.1 };
const top1 = { decisions: 10, agree: 9, labelled: 10, floatRight: 8, quantizedRight: 7 };
const textOf = (
  changes: object,
  quantization: object = { scheme: 'int8', mix: null },
  limits: readonly LimitCheck[] = [],
  noisiest: object | null = null,
): string =>
  accuracyLines(
    {
      evaluation: { sha256: 'a', samples: 10 },
      calibration: null,
      accuracy: [{ ...output, ...changes }],
      quantization,
      limits,
      noisiest,
      profile: { id: 'esp32' },
    } as unknown as KnownReport,
    (text) => text,
  ).join('\n');

it('names both schemes of a mixture', () => {
  const text = textOf({ top1 }, { scheme: 'int8', mix: { high: 'int16x8' } });
  expect(text).toContain('int8 mixed with int16x8 against float on 10 evaluation samples');
  expect(text).toContain('top-1 float 80.0 %, mixed 70.0 % of 10 labelled');
  expect(textOf({ top1 })).toContain('top-1 float 80.0 %, int8 70.0 %');
});

it('tells equal outputs from those that are no numbers, and gives no figure that float32 has no room for', () => {
  expect(textOf({ sqnrDb: null })).toContain('y: equal to float');
  const notFiniteIn = { float: 1, quantized: 3, firstSample: 7 };
  expect(textOf({ sqnrDb: null, notFinite: 3, notFiniteIn })).toContain(
    'y: 3 values infinite or not a number (1 in float, 3 in the model; the first in sample 7)',
  );
  expect(textOf({ sqnrDb: null, notFinite: 3 })).toContain('y: 3 values infinite or not a number;');
  expect(textOf({ sqnrDb: 566.1 })).toContain('SQNR above 200 dB');
  expect(textOf({})).toContain('SQNR 40.0 dB');
});

it('puts intervals behind shares and a verdict behind differences', () => {
  const chance = {
    agree: { low: 0.5958, high: 0.9821 },
    floatRight: { low: 0.4902, high: 0.9433 },
    quantizedRight: { low: 0.3968, high: 0.8922 },
    difference: { value: -0.1, low: -0.4, high: 0.2012, verdict: 'within chance' },
  };
  const text = textOf({ top1: { ...top1, chance } });
  expect(text).toContain('on 10 evaluation samples; 95 % intervals in brackets');
  expect(text).toContain('same top-1 class in 9 of 10: 90.0 % (59.6 to 98.2)\n');
  expect(text).toContain('top-1 float 80.0 % (49.0 to 94.3), int8 70.0 % (39.7 to 89.2) of 10 labelled\n');
  expect(text).toContain('  -10.0 points (-40.0 to +20.1): within chance\n');
  const lost = { ...chance, difference: { value: -0.1, low: -0.2, high: -0.04, verdict: 'loss' } };
  expect(textOf({ top1: { ...top1, chance: lost } })).toContain('(-20.0 to -4.0): a loss beyond chance (95 %)');
  expect(textOf({ top1: { ...top1, chance }, recordings: 3 })).toContain(
    'samples of 3 recordings; 95 % intervals in brackets, by recordings',
  );
  expect(textOf({ top1: { ...top1, chance: { ...chance, neighboursAlike: true } } })).toContain(
    'neighbours in the data',
  );
});

it('says of a limit only what chance leaves open', () => {
  const check = { output: 'y', allowed: 2, value: 1.2, low: 0.1, high: 2.9, kept: true, withinChance: true } as const;
  const of = (...limits: readonly LimitCheck[]): string => textOf({ top1 }, undefined, limits);
  expect(of({ ...check, limit: 'accuracyDropPoints' })).toContain(
    'y: esp32 allows a loss of 2 points: kept, but within chance of it (a loss of 0.1 to 2.9 points at 95 %)',
  );
  expect(of({ ...check, limit: 'agreementPercent', kept: false, allowed: 99, low: 97, high: 99.5 })).toContain(
    'y: esp32 asks for 99 % of the decisions: not kept, but within chance of it (97.0 to 99.5 % at 95 %)',
  );
  expect(of({ ...check, limit: 'accuracyDropPoints', withinChance: false })).not.toContain('esp32');
});

it('names the worst layer, with what its decibels mean', () => {
  const worst = { layer: 'conv', operator: 'CONV_2D', sqnrDb: 43, samples: 16 };
  expect(textOf({}, undefined, [], worst)).toContain(
    'worst layer: conv (CONV_2D), SQNR 43.0 dB: the error is 1/140 of the signal (16 samples)',
  );
  expect(textOf({})).not.toContain('worst');
});
