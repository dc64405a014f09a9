// Dimensions merged where both operands walk through them in one stride: loops of as few levels as it goes.
import type { SettingsValues } from '../kernel-call.js';

export interface Dimension {
  readonly count: number;
  /** Steps of the operands, as many as there are operands. */
  readonly steps: readonly number[];
}

/** Neighbours become one where every operand's outer step is the inner one as often as the inner counts. Counts of 1 go. */
export function merged(dimensions: readonly Dimension[]): readonly Dimension[] {
  const result: Dimension[] = [];
  for (const dimension of dimensions) {
    if (dimension.count === 1) continue;
    const outer = result.at(-1);
    if (outer !== undefined && outer.steps.every((step, i) => step === dimension.steps[i]! * dimension.count))
      result.splice(-1, 1, { count: outer.count * dimension.count, steps: dimension.steps });
    else result.push(dimension);
  }
  return result;
}

/** Filled up with dimensions of 1 in front; undefined where there are more than `levels`. */
export function inLevels(dimensions: readonly Dimension[], levels: number): readonly Dimension[] | undefined {
  if (dimensions.length > levels) return undefined;
  const operands = dimensions[0]?.steps.length ?? 2;
  const none: Dimension = { count: 1, steps: new Array<number>(operands).fill(0) };
  return [...new Array<Dimension>(levels - dimensions.length).fill(none), ...dimensions];
}

/** The values of `wherry_nest`. */
export function nestValues(levels: readonly Dimension[]): SettingsValues {
  return {
    counts: levels.map(({ count }) => count),
    first: levels.map(({ steps }) => steps[0]!),
    second: levels.map(({ steps }) => steps[1]!),
  };
}
