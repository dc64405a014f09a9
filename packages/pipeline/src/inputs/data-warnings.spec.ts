// When the ranges of evaluation and calibration are told to differ: at the edges of what counts.
import type { InputSummary } from '@wherry/calibration-data';
import { advisedDifferences, dataWarnings, type JudgedData } from './data-warnings.js';

const data = (sha256: string, input: Partial<InputSummary>, samples = 8): JudgedData =>
  ({
    data: { tasks: { tasks: [] } },
    report: {
      name: sha256,
      sha256,
      samples,
      lint: { valuesSha256: sha256, warnings: [], inputs: [{ name: 'x', min: 0, max: 100, mean: 1, ...input }] },
    },
  }) as unknown as JudgedData;
const calibration = data('calibration', {});
const differences = (evaluation: JudgedData) =>
  advisedDifferences(calibration.report, evaluation.report, { isFloatRight: true });
const codes = (evaluation: JudgedData): string[] =>
  dataWarnings(calibration, evaluation, differences(evaluation)).map(({ code }) => code);

it('tells values outside of the scale from 2 % on', () => {
  expect(codes(data('evaluation', { outside: 0.03 }))).toEqual(['EVALUATION_RANGE']);
  expect(codes(data('evaluation', { outside: 0.02 }))).toEqual([]);
});

it('tells evaluation that is 50 times narrower, of enough samples, and not constant', () => {
  expect(codes(data('evaluation', { max: 1.9 }))).toEqual(['EVALUATION_RANGE']);
  expect(codes(data('evaluation', { max: 2.1 }))).toEqual([]);
  expect(codes(data('evaluation', { max: 1.9 }, 7))).toEqual([]);
  expect(codes(data('evaluation', { max: 0 }))).toEqual([]);
});

it('holds nothing against itself', () => {
  expect(codes(data('calibration', { outside: 1 }))).toEqual([]);
});

it('takes for another scale what is 16 times as wide, or 50 times narrower, and nothing between', () => {
  const isOther = (input: Partial<InputSummary>) =>
    differences(data('evaluation', input)).map((each) => each.isOtherScale);
  expect(isOther({ max: 1600, outside: 0.03 })).toEqual([true]);
  expect(isOther({ max: 1590, outside: 0.03 })).toEqual([false]);
  expect(isOther({ max: 1.9 })).toEqual([true]);
});

it('puts a set of two scales before the difference that comes of it', () => {
  const mixed = { ...data('mixed', {}), report: { ...data('mixed', {}).report } };
  mixed.report = {
    ...mixed.report,
    lint: { ...mixed.report.lint, warnings: [{ code: 'DATA_MIXED_SCALES' } as never] },
  };
  const evaluation = data('evaluation', { max: 1.9 });
  const next = (from: JudgedData, to: JudgedData) =>
    advisedDifferences(from.report, to.report, { isFloatRight: true }).map((each) => each.next);
  expect(next(mixed, evaluation)).toEqual([
    'bring the samples of calibration to one scale first: see DATA_MIXED_SCALES',
  ]);
  expect(next(calibration, evaluation)[0]).toMatch(/^divide the values of the calibration data by about 52.63, /);
});
