// Whether targets are the outputs of the float model in another unit: a factor and an offset, by least squares.

/** Targets are nearly `factor` times the output plus `offset`. */
export interface TargetScale {
  readonly factor: number;
  readonly offset: number;
  /** Share of the targets' variance that the outputs explain once they are put so. */
  readonly explained: number;
}

interface Sums {
  count: number;
  outputs: number;
  targets: number;
  squares: number;
  products: number;
  targetSquares: number;
  errors: number;
}

/** Maps have too many values to be fitted each for itself. */
const mostFitted = 64;
const fewest = 20;
/** A model that explains less of its targets than this in any unit tells nothing of the unit. */
const leastExplained = 0.5;
/** Where the targets are right as they are, nothing is asked. */
const goodAsTheyAre = 0.9;
/** What remains of the error once the unit is right. */
const remaining = 0.1;
/** No trained model is off by so much in slope. */
const farFactor = 3;
/** A simpler rule is as good if it leaves so much more, or little of all. */
const asGood = 1.2;
const little = 0.1;

export class TargetScaleFits {
  readonly #values: Sums[] = [];

  add(outputs: ArrayLike<number>, targets: ArrayLike<number>): void {
    for (let i = 0; i < outputs.length; i++) {
      const at = outputs.length <= mostFitted ? i : 0;
      const sums = (this.#values[at] ??= {
        count: 0,
        outputs: 0,
        targets: 0,
        squares: 0,
        products: 0,
        targetSquares: 0,
        errors: 0,
      });
      const [p, y] = [outputs[i]!, targets[i]!];
      sums.count += 1;
      sums.outputs += p;
      sums.targets += y;
      sums.squares += p * p;
      sums.products += p * y;
      sums.targetSquares += y * y;
      sums.errors += (p - y) ** 2;
    }
  }

  /** By value of the output; undefined for those whose targets are in the unit of the output, or tell nothing. */
  result(): readonly (TargetScale | undefined)[] {
    return this.#values.map(scaleOf);
  }
}

function scaleOf(sums: Sums): TargetScale | undefined {
  const { count, errors } = sums;
  if (count < fewest) return undefined;
  const [meanOutput, meanTarget] = [sums.outputs / count, sums.targets / count];
  const spreadOutput = sums.squares - count * meanOutput ** 2;
  const spreadTarget = sums.targetSquares - count * meanTarget ** 2;
  const shared = sums.products - count * meanOutput * meanTarget;
  if (spreadOutput <= 1e-9 * sums.squares || spreadTarget <= 1e-9 * sums.targetSquares) return undefined;
  const explained = shared ** 2 / (spreadOutput * spreadTarget);
  const factor = shared / spreadOutput;
  const left = spreadTarget * (1 - explained);
  const asTheyAre = 1 - errors / spreadTarget;
  const far = factor >= farFactor || factor <= 1 / farFactor;
  if (explained < leastExplained || asTheyAre >= goodAsTheyAre || (left > remaining * errors && !far)) return undefined;
  const rest = (f: number, o: number): number =>
    sums.targetSquares -
    2 * f * sums.products -
    2 * o * sums.targets +
    f * f * sums.squares +
    2 * f * o * sums.outputs +
    count * o * o;
  const good = (f: number, o: number): boolean =>
    rest(f, o) <= Math.max(asGood * left, little * spreadTarget) + 1e-9 * sums.targetSquares;
  const through = rounded(sums.products / sums.squares);
  if (good(through, 0)) return { factor: through, offset: 0, explained };
  if (good(1, meanTarget - meanOutput)) return { factor: 1, offset: meanTarget - meanOutput, explained };
  const round = rounded(factor);
  const kept = good(round, meanTarget - round * meanOutput) ? round : factor;
  return { factor: kept, offset: meanTarget - kept * meanOutput, explained };
}

/** The round number nearby that people multiply by, where there is one. */
function rounded(factor: number): number {
  const size = Math.abs(factor);
  const power = 10 ** Math.round(Math.log10(size));
  const near = [power, 255, 1 / 255, 60, 1 / 60, 3.6, 1 / 3.6, 1.8, 1 / 1.8].find(
    (round) => Math.abs(size / round - 1) < 0.02,
  );
  return near === undefined ? factor : Math.sign(factor) * near;
}
