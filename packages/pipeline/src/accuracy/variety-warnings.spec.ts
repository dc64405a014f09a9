// One-sided calibration data are told, a handful of samples and mixed ones are not.
import { varietyWarnings } from './variety-warnings.js';

it('warns of many samples of one class only', () => {
  const codes = (variety: number, samples: number): string[] =>
    varietyWarnings({ variety }, samples).map(({ code }) => code);
  expect(codes(0.1, 48)).toEqual(['CALIBRATION_ONE_SIDED']);
  expect(codes(0.25, 48)).toEqual([]);
  expect(codes(0, 7)).toEqual([]);
});
