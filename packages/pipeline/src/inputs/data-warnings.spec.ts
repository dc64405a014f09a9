// When the ranges of evaluation and calibration are told to differ: at the edges of what counts.
import type { InputSummary } from '@wherry/calibration-data';
import { dataWarnings, type JudgedData } from './data-warnings.js';

const data = (sha256: string, input: Partial<InputSummary>, samples = 8): JudgedData =>
  ({
    data: { tasks: { tasks: [] } },
    report: {
      name: sha256,
      sha256,
      samples,
      lint: { warnings: [], inputs: [{ name: 'x', min: 0, max: 100, mean: 1, ...input }] },
    },
  }) as unknown as JudgedData;
const calibration = data('calibration', {});
const codes = (evaluation: JudgedData): string[] => dataWarnings(calibration, evaluation).map(({ code }) => code);

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
