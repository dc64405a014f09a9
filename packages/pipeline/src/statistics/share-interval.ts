// What a share of decisions may be on other samples: Wilson's interval, of as many decisions as are independent.
import { hull, type Interval } from './interval.js';
import { chiSquareRatio, normalQuantile, studentQuantile } from './student.js';
import type { Units } from './sample-units.js';

/** Of the decisions of one sample. */
export interface SampleShare {
  readonly decisions: number;
  readonly right: number;
}

export interface ShareInterval extends Interval {
  /** Neighbouring samples were seen to be alike, so that they count for fewer. */
  readonly alike: boolean;
}

/** Wilson, Journal of the American Statistical Association 22, 1927. `decisions` need not be whole. */
export function wilson(share: number, decisions: number, quantile: number = normalQuantile): Interval {
  const square = quantile ** 2;
  const middle = (share + square / (2 * decisions)) / (1 + square / decisions);
  const half =
    (quantile / (1 + square / decisions)) *
    Math.sqrt((share * (1 - share)) / decisions + square / (4 * decisions ** 2));
  return { low: share === 0 ? 0 : Math.max(0, middle - half), high: share === 1 ? 1 : Math.min(1, middle + half) };
}

/**
 * What is known to fall together (decisions of one sample, samples of one recording) counts for as many decisions as its
 * scatter says (the design effect: Kish, 1965), and for one where it does not scatter at all. Stretches of the data count
 * where they scatter beyond what independent samples would. Undefined without decisions.
 */
export function shareInterval(samples: readonly SampleShare[], units: Units): ShareInterval | undefined {
  const decisions = samples.reduce((sum, each) => sum + each.decisions, 0);
  if (decisions === 0) return undefined;
  const share = samples.reduce((sum, each) => sum + each.right, 0) / decisions;
  const of = (unitOf: (sample: number) => number, count: number): Scatter => scatterOf(samples, share, unitOf, count);
  const ofSamples = of((sample) => sample, samples.length);
  const known = [
    ...(samples.some((each) => each.decisions > 1) ? [ofSamples] : []),
    ...(units.of === 'recordings' ? [of((sample) => units.unitOf[sample]!, units.count)] : []),
  ];
  const stretched = of((sample) => units.unitOf[sample]!, units.count);
  const alike = units.of === 'stretches' && isAlike(stretched, share, Math.max(1, ofSamples.effect));
  const together = [...known, ...(alike ? [stretched] : [])].map(({ effect, units: count }) =>
    wilson(share, decisions / Math.max(1, effect), count > 1 ? studentQuantile(count - 1) : undefined),
  );
  return { ...hull([wilson(share, decisions), ...together]), alike };
}

/**
 * Beyond what samples make of it that are independent of each other, be their own decisions alike or not. Of one output up to
 * six shares are looked at, so that each has to be so in one of a thousand random orders of the data at most.
 */
function isAlike({ units, effect }: Scatter, share: number, ofSamples: number): boolean {
  return share > 0 && share < 1 && units > 1 && effect / ofSamples > chiSquareRatio(units - 1, '99.9 %');
}

interface Scatter {
  readonly units: number;
  /** Variance of the share by the scatter between units, over that of independent decisions. */
  readonly effect: number;
}

function scatterOf(
  samples: readonly SampleShare[],
  share: number,
  unitOf: (sample: number) => number,
  count: number,
): Scatter {
  const sums = new Array<number>(count).fill(0);
  let decisions = 0;
  const deciding = new Set<number>();
  samples.forEach((each, sample) => {
    if (each.decisions === 0) return;
    sums[unitOf(sample)]! += each.right - share * each.decisions;
    decisions += each.decisions;
    deciding.add(unitOf(sample));
  });
  const units = deciding.size;
  // All right, or all wrong: nothing shows whether that happened once for each decision or once for each unit.
  if (share === 0 || share === 1 || units < 2) return { units, effect: decisions / units };
  const square = sums.reduce((sum, each) => sum + each * each, 0);
  return { units, effect: ((units / (units - 1)) * square) / (decisions * share * (1 - share)) };
}
