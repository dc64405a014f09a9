// What the checks rest on: a fact is looked for in one diagnostic on the screen, and numbers are held against numbers.
import { relativeDifference, sqnrDb } from './checks/keras-outputs.mjs';
import { runCases } from './run-cases.mjs';
import { decisionsOf, diagnosticsOf, factSheet, outcome, told } from './verdict.mjs';

const run = (code, stdout, stderr = '', report) => ({ code, stdout, stderr, report });
const twoWarnings = `model  x

warning      LABELS_OUTSIDE: label 3
             is no class
             next  count from 0

warning      OTHER: nothing of the kind

wrote        model.tflite  12 bytes
`;

describe('diagnosticsOf', () => {
  it('gives the warnings of a run that ended well, each on one line', () => {
    expect(diagnosticsOf(run(0, twoWarnings))).toEqual([
      'warning LABELS_OUTSIDE: label 3 is no class next count from 0',
      'warning OTHER: nothing of the kind',
    ]);
  });

  it('gives the refusal of another', () => {
    expect(diagnosticsOf(run(2, 'warning x', 'DATA_X: a\n  at b'))).toEqual(['DATA_X: a at b']);
  });
});

describe('told', () => {
  it('wants all facts in one diagnostic', () => {
    expect(told(run(0, twoWarnings), /label 3/, /class/)).toBe(true);
    expect(told(run(0, twoWarnings), /label 3/, /kind/)).toBe(false);
    expect(told(run(0, 'label 3 is no class'), /label 3/)).toBe(false);
  });

  it('takes no crash and no time-out for an answer', () => {
    expect(told(run(1, '', 'label 3'), /label 3/)).toBe(false);
    expect(told(run(null, '', 'label 3'), /label 3/)).toBe(false);
    expect(told(run(2, '', 'label 3'), /label 3/)).toBe(true);
  });
});

it('finds decisions by what they are, and none where nothing was labelled', () => {
  const report = (labelled) => ({
    accuracy: [{ sqnrDb: 30, anything: { labelled, floatRight: 1, quantizedRight: 1 } }],
  });
  expect(decisionsOf(run(0, '', '', report(2)))).toMatchObject({ labelled: 2 });
  expect(decisionsOf(run(0, '', '', report(0)))).toBeUndefined();
});

it('is right only when every fact held', () => {
  const sheet = factSheet();
  sheet.fact('a', true);
  expect(sheet.verdict().right).toBe(true);
  sheet.fact('b', false, 'c');
  expect(sheet.verdict()).toMatchObject({ right: false, missed: ['b: c'] });
});

it('shows the first line of a refusal', () => {
  expect(outcome(run(3, '', 'calibrate ...\nKERAS_X: no\n  at y'))).toBe('exit 3 KERAS_X: no');
});

describe('numbers', () => {
  const [one, two] = [[Float64Array.of(1, 2)], [Float64Array.of(1, 2.1)]];
  it('are compared by their greatest difference as a part of the greatest value', () => {
    expect(relativeDifference(one, two)).toBeCloseTo(0.05, 5);
    expect(relativeDifference(one, [Float64Array.of(1, NaN)])).toBe(Infinity);
    expect(relativeDifference(one, [Float64Array.of(1)])).toBe(Infinity);
  });

  it('of another count are never close', () => {
    expect(sqnrDb(one, two)).toBeCloseTo(10 * Math.log10(5 / 0.01), 4);
    expect(sqnrDb(one, [Float64Array.of(1)])).toBe(-Infinity);
  });
});

it('reports a folder without a check, and a check that throws, as wrong', async () => {
  const rows = await runCases(
    [
      { name: '99-new', check: undefined, folder: '.' },
      { name: 'throws', check: () => Promise.reject(new Error('no\nmore')), rule: 'r', folder: '.' },
      { name: 'holds', check: () => Promise.resolve({ verdict: () => factSheet().verdict() }), rule: 'r', folder: '.' },
    ],
    { shared: '.', python: undefined },
  );
  expect(rows.map(({ right, seen }) => [right, seen])).toEqual([
    [false, 'not checked: no check is written for this folder'],
    [false, 'the check stopped: no'],
    [true, ''],
  ]);
});
