// How close the outputs are, in words that do not claim more or less than was measured.
import { accuracyLines } from './accuracy-text.js';
import type { KnownReport } from './report.js';

const output = { name: 'y', task: 'classes', samples: 10, sqnrDb: 40, cosine: 1, greatestError: 0.1, meanError: 0.1 };
const top1 = { decisions: 10, agree: 9, labelled: 10, floatRight: 8, quantizedRight: 7 };
const textOf = (changes: object, quantization: object = { scheme: 'int8', mix: null }): string =>
  accuracyLines(
    {
      evaluation: { sha256: 'a', samples: 10 },
      calibration: null,
      accuracy: [{ ...output, ...changes }],
      quantization,
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
  expect(textOf({ sqnrDb: null, notFinite: 3 })).toContain('y: 3 values infinite or not a number on one side alone');
  expect(textOf({ sqnrDb: 566.1 })).toContain('SQNR above 200 dB');
  expect(textOf({})).toContain('SQNR 40.0 dB');
});
