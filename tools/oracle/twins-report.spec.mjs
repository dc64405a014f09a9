// What breaks the promises of the twins, and what is the luck of a few samples.
import { faultsOf } from './twins-report.mjs';

const row = (ours, more = {}) => ({
  micro: { differences: 0, values: 10 },
  tensorflow: {},
  ours: { bytes: 100, sqnrDb: 30, agree: 590, right: 500, lost: 0, won: 0, ...ours },
  classes: true,
  labelled: true,
  floatRight: 500,
  samples: 600,
  ...more,
});

it('lets decisions turn to the worse as often as luck does, and no more', () => {
  expect(faultsOf(row({ right: 495, lost: 9, won: 4 }))).toEqual([]);
  expect(faultsOf(row({ right: 495, lost: 5, won: 0 }))).toEqual([]);
  expect(faultsOf(row({ right: 494, lost: 6, won: 0 }))).toEqual(['top-1 82.33 against 83.33 in float']);
  expect(faultsOf(row({ right: 480, lost: 30, won: 10 }))).toEqual(['top-1 80.00 against 83.33 in float']);
});

it('holds half a point beside the twin', () => {
  const twin = { twin: 't', theirs: { bytes: 100, sqnrDb: 30, agree: 590, right: 500 } };
  expect(faultsOf(row({ right: 497, agree: 587, lost: 5, won: 2 }, twin))).toEqual([]);
  expect(faultsOf(row({ right: 496, agree: 586, lost: 5, won: 1 }, twin))).toEqual([
    'agrees less with float than the twin',
    'top-1 below that of the twin',
  ]);
  expect(faultsOf(row({ bytes: 101 }, twin))).toEqual(['1 bytes larger than the twin']);
  expect(faultsOf(row({ bytes: 101, sqnrDb: 36 }, twin))).toEqual([]);
});

it('never lets a value differ', () => {
  expect(faultsOf(row({}, { micro: { differences: 1, values: 10 } }))).toEqual([
    '1 of 10 values differ from our reference',
  ]);
});
