// Counts decisions of two models on the same samples: the same or not, and right or not where that is known.
import type { Difference, Interval } from '../statistics/interval.js';
import { pairedDifference } from '../statistics/paired-shares.js';
import { shareInterval } from '../statistics/share-interval.js';
import type { Units } from '../statistics/sample-units.js';

export interface Decisions {
  /** Made by both models, and those that are the same. */
  readonly decisions: number;
  readonly agree: number;
  /** Decisions with a label, and those that the float and the quantized model have right. */
  readonly labelled: number;
  readonly floatRight: number;
  readonly quantizedRight: number;
  /** Absent where nothing was decided. */
  readonly chance?: DecisionChance;
}

/** Shares, and what they may be on other samples of the same kind, at 95 %. */
export interface DecisionChance {
  readonly agree?: Interval;
  readonly floatRight?: Interval;
  readonly quantizedRight?: Interval;
  /** Share right of the quantized model less that of the float model. */
  readonly difference?: Difference;
  /** Neighbouring samples were seen to be alike, so that they count for fewer. */
  readonly neighboursAlike?: true;
}

interface SampleTally {
  decisions: number;
  agree: number;
  labelled: number;
  floatRight: number;
  quantizedRight: number;
  bothRight: number;
}

function noDecisions(): SampleTally {
  return { decisions: 0, agree: 0, labelled: 0, floatRight: 0, quantizedRight: 0, bothRight: 0 };
}

/** Lives as long as one evaluation. */
export class DecisionTally {
  readonly #samples: SampleTally[] = [];
  #own = noDecisions();

  /** What follows is of another sample. */
  begin(): void {
    this.#own = noDecisions();
    this.#samples.push(this.#own);
  }

  decided(agree: boolean): void {
    const own = this.#own;
    own.decisions += 1;
    if (agree) own.agree += 1;
  }

  judged(floatRight: boolean, quantizedRight: boolean): void {
    const own = this.#own;
    own.labelled += 1;
    if (floatRight) own.floatRight += 1;
    if (quantizedRight) own.quantizedRight += 1;
    if (floatRight && quantizedRight) own.bothRight += 1;
  }

  result(units: Units): Decisions {
    const total = (of: Exclude<keyof SampleTally, 'bothRight'>): number =>
      this.#samples.reduce((sum, each) => sum + each[of], 0);
    const counts = {
      decisions: total('decisions'),
      agree: total('agree'),
      labelled: total('labelled'),
      floatRight: total('floatRight'),
      quantizedRight: total('quantizedRight'),
    };
    return counts.decisions + counts.labelled === 0 ? counts : { ...counts, chance: this.#chance(units) };
  }

  #chance(units: Units): DecisionChance {
    const share = (of: 'decisions' | 'labelled', right: 'agree' | 'floatRight' | 'quantizedRight') =>
      shareInterval(
        this.#samples.map((each) => ({ decisions: each[of], right: each[right] })),
        units,
      );
    const shares = {
      agree: share('decisions', 'agree'),
      floatRight: share('labelled', 'floatRight'),
      quantizedRight: share('labelled', 'quantizedRight'),
    };
    const flips = this.#samples.map(({ labelled, floatRight, quantizedRight, bothRight }) => ({
      labelled,
      gained: quantizedRight - bothRight,
      lost: floatRight - bothRight,
    }));
    const difference = pairedDifference(flips, units);
    const known = Object.entries(shares).flatMap(([name, each]) =>
      each === undefined ? [] : [[name, { low: each.low, high: each.high }] as const],
    );
    return {
      ...Object.fromEntries(known),
      ...(difference !== undefined && { difference }),
      ...(Object.values(shares).some((each) => each?.alike === true) && { neighboursAlike: true as const }),
    };
  }
}
