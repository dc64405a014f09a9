// The declared preprocessing in the words of a model's description comes to the same values.
import { normalizationOf } from './normalization.js';

it.each([
  [{ divideBy: 255 }, [0, 255]],
  [{ scale: 2, offset: -1, divideBy: 255 }, [0, 128, 255]],
  [{ mean: [0.5], std: [0.25] }, [0, 1]],
  [{ divideBy: 255, mean: [0.4, 0.5, 0.6], std: [0.2] }, [0, 100, 255]],
  [{ mean: [10, 20, 30] }, [10, 20, 30]],
])('%j', (declared, values) => {
  const { mean, std } = normalizationOf(declared, false, 3)!;
  for (const value of values) {
    mean.forEach((each, channel) => {
      const of = (list: readonly number[] | undefined, otherwise: number): number =>
        list === undefined ? otherwise : (list[channel] ?? list[0]!);
      const {
        divideBy = 1,
        scale = 1,
        offset = 0,
      } = declared as { readonly divideBy?: number; readonly scale?: number; readonly offset?: number };
      const { mean: means, std: deviations } = declared as {
        readonly mean?: readonly number[];
        readonly std?: readonly number[];
      };
      const expected = ((value / divideBy) * scale + offset - of(means, 0)) / of(deviations, 1);
      expect((value - each) / std[channel]!).toBeCloseTo(expected, 12);
    });
  }
});

it('says that pixels reach the model as they are, and nothing of other values', () => {
  expect(normalizationOf({}, true, 3)).toEqual({ mean: [0], std: [1] });
  expect(normalizationOf({ layout: 'chw' }, false, 3)).toBeUndefined();
  expect(normalizationOf({ mean: [1, 2] }, true, 3)).toBeUndefined();
});
