// Judges values against targets of a regression, float and quantized alike.
import type { OutputJudge } from './output-comparison.js';

export interface TargetFit {
  /** Numbers compared: samples times values of the output. */
  readonly values: number;
  readonly floatMae: number;
  readonly quantizedMae: number;
  readonly floatRmse: number;
  readonly quantizedRmse: number;
  /** Share of the targets' variance (about the mean of each value of the output) that is explained; null where there is none. */
  readonly floatR2: number | null;
  readonly quantizedR2: number | null;
}

export function targetJudge(): OutputJudge {
  let [samples, values] = [0, 0];
  const float = { absolute: 0, square: 0 };
  const quantized = { absolute: 0, square: 0 };
  const means: number[] = [];
  let spread = 0;
  const observe = (sums: typeof float, error: number): void => {
    sums.absolute += Math.abs(error);
    sums.square += error * error;
  };
  return {
    add: (expected, actual, { label, target }) => {
      const truth: ArrayLike<number> | undefined = target ?? (label === undefined ? undefined : [label]);
      if (truth === undefined) return;
      samples += 1;
      for (let i = 0; i < expected.length; i++) {
        const wanted = truth[i]!;
        values += 1;
        observe(float, expected[i]! - wanted);
        observe(quantized, actual[i]! - wanted);
        // Welford: sums of squares of large targets would lose the variance.
        const before = means[i] ?? 0;
        means[i] = before + (wanted - before) / samples;
        spread += (wanted - before) * (wanted - means[i]!);
      }
    },
    result: () => {
      if (values === 0) return {};
      const explained = ({ square }: typeof float): number | null => (spread === 0 ? null : 1 - square / spread);
      return {
        targets: {
          values,
          floatMae: float.absolute / values,
          quantizedMae: quantized.absolute / values,
          floatRmse: Math.sqrt(float.square / values),
          quantizedRmse: Math.sqrt(quantized.square / values),
          floatR2: explained(float),
          quantizedR2: explained(quantized),
        },
      };
    },
  };
}
