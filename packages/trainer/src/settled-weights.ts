// Weights that swing between two integers are held at the one they were at more often, so that the others can settle around them.
import type { TensorId } from '@wherry/graph';
import type { NamedValues } from './optimizer.js';

/** How much of each step goes into the moving average of swings: the memory is some hundred steps long. */
const swingShare = 0.01;

/** Swings of a step, on average, from which on a weight is held: at the start of a training, and at its end. */
const [loose, tight] = [0.02, 0.005];

/** Of one constant: real values over what becomes the greatest integer. */
export interface WeightShares {
  readonly greatest: number;
  readonly shares: Float32Array;
  /** Over the latest steps. */
  readonly averages: Float32Array;
}

/** Integers on either side of 0, where a swing between two of them is a coarse one: those of 4 bits. */
const most = 7;

interface Weights {
  readonly id: TensorId;
  readonly greatest: number;
  /** The integer of the step before. */
  readonly integers: Float32Array;
  /** Of the latest change: 1, -1, or 0 where none was. */
  readonly directions: Float32Array;
  /** Moving average of changes back. */
  readonly swings: Float32Array;
  /** The integer that a weight is held at; no number where it is free. */
  readonly held: Float32Array;
}

/**
 * Nagel and others, "Overcoming Oscillations in Quantization-Aware Training", ICML 2022: the swings of a weight are counted as
 * changes of its integer that go back on the change before, and the threshold falls over the training.
 */
export class SettledWeights {
  readonly #weights: Weights[];

  /** As they are in front of the first step, by the weights' ids; those of more than a few integers are left alone. */
  constructor(given: ReadonlyMap<TensorId, WeightShares>) {
    this.#weights = Array.from(given).flatMap(([id, { greatest, shares }]) =>
      greatest > most
        ? []
        : [
            {
              id,
              greatest,
              integers: shares.map((share) => integerOf(share, greatest)),
              directions: new Float32Array(shares.length),
              swings: new Float32Array(shares.length),
              held: new Float32Array(shares.length).fill(Number.NaN),
            },
          ],
    );
  }

  /** There is nothing to watch. */
  get isEmpty(): boolean {
    return this.#weights.length === 0;
  }

  /** To be called after each step. `done`: share of the training, 0 to 1. By id the shares of those constants that are held somewhere. */
  settle(done: number, given: ReadonlyMap<TensorId, WeightShares>): ReadonlyMap<TensorId, Float32Array> {
    const threshold = tight + ((loose - tight) * (1 + Math.cos(Math.PI * done))) / 2;
    return new Map(
      this.#weights.flatMap((weights) => {
        const shares = settled(weights, threshold, given.get(weights.id)!);
        return shares === undefined ? [] : [[weights.id, shares]];
      }),
    );
  }

  values(): NamedValues[] {
    return this.#weights.flatMap(({ id, ...lists }) =>
      names.map((name) => ({ name: `${id} ${name}`, shape: [lists[name].length], values: lists[name].slice() })),
    );
  }

  /** What `values` gave of the same weights. */
  restore(values: readonly NamedValues[]): void {
    this.#weights.forEach((weights, position) =>
      names.forEach((name, i) => weights[name].set(values[position * names.length + i]!.values)),
    );
  }
}

const names = ['integers', 'directions', 'swings', 'held'] as const;

/** Undefined where all are free. */
function settled(
  { greatest, integers, directions, swings, held }: Weights,
  threshold: number,
  { shares, averages }: WeightShares,
): Float32Array | undefined {
  const result = shares.slice();
  let isHeld = false;
  for (let i = 0; i < shares.length; i++) {
    if (Number.isNaN(held[i])) {
      const integer = integerOf(shares[i]!, greatest);
      const direction = Math.sign(integer - integers[i]!);
      const isBack = direction !== 0 && direction === -directions[i]!;
      swings[i] = swings[i]! * (1 - swingShare) + (isBack ? swingShare : 0);
      if (direction !== 0) directions[i] = direction;
      integers[i] = integer;
      if (swings[i]! <= threshold) continue;
      held[i] = integerOf(averages[i]!, greatest);
    }
    result[i] = held[i]! / greatest;
    isHeld = true;
  }
  return isHeld ? result : undefined;
}

function integerOf(share: number, greatest: number): number {
  return Math.max(-greatest, Math.min(greatest, Math.round(share * greatest)));
}
