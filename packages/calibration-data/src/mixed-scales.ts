// Tells a set of two scales, such as pictures some of which were divided by 255, from one that is loud and soft by nature.

export interface MixedScales {
  readonly quiet: number;
  /** Greatest absolute value among the quiet samples. */
  readonly quietest: number;
  readonly loud: number;
  /** Least of the greatest absolute values of the loud ones. */
  readonly loudest: number;
  /** How many times as far the loud ones reach, by the medians of both. */
  readonly factor: number;
  /** Ids of the samples of the smaller group, in their order. */
  readonly odd: readonly string[];
}

/** What is known of one sample of one input. */
interface Peak {
  /** Greatest absolute value. */
  readonly peak: number;
  readonly id: string;
  /** So few different magnitudes that it may be a dark picture or a silence on the scale of the others. */
  readonly isCoarse: boolean;
}

/** Between 8 and 16 bits, 16 and 24 bits, raw and divided by 255 lies a factor of 255 or more. */
const leastGap = 64;
/** Nothing loud stands so far above all others by nature: in real sets no sample reaches 1.1 times as far as the next. */
const leastGapOfLoud = 16;
const leastShare = 0.1;
const leastSamples = 8;
/** Few samples are silent by nature. Of these factors, each by this part of it at most, others of one set were multiplied. */
const usualFactors = [100, 127.5, 255, 1000, 32768, 65280];
const nearFactor = 0.05;
/** A picture of 8 bits that is darker by 64 or more has no more than so many steps left. */
const stepsOfDark = 3;
/** A bound, so that memory does not grow with the data. */
const remembered = 65_536;

/** Of one input; lives as long as one pass over the samples. */
export class ScaleWatch {
  readonly #peaks: Peak[] = [];

  observe(data: Float32Array, peak: number, id: string): void {
    if (peak > 0 && this.#peaks.length < remembered) this.#peaks.push({ peak, id, isCoarse: isCoarse(data) });
  }

  get result(): MixedScales | undefined {
    const sorted = [...this.#peaks].sort((a, b) => a.peak - b.peak);
    if (sorted.length < leastSamples) return undefined;
    const isSplit = (at: number): boolean => isOfTwoScales(sorted.slice(0, at), sorted.slice(at));
    const gapAt = (at: number): number => sorted[at]!.peak / sorted[at - 1]!.peak;
    const gaps = sorted.flatMap((_, at) => (at > 0 && gapAt(at) >= leastGapOfLoud ? [at] : []));
    const at = gaps.filter(isSplit).sort((a, b) => gapAt(b) - gapAt(a))[0];
    if (at === undefined) return undefined;
    const [quiet, loud] = [sorted.slice(0, at), sorted.slice(at)];
    const odd = new Set(quiet.length < loud.length ? quiet : loud);
    return {
      quiet: quiet.length,
      quietest: sorted[at - 1]!.peak,
      loud: loud.length,
      loudest: sorted[at]!.peak,
      factor: median(loud) / median(quiet),
      odd: this.#peaks.filter((own) => odd.has(own)).map(({ id }) => id),
    };
  }
}

/** Both in ascending order, with nothing between. */
function isOfTwoScales(quiet: readonly Peak[], loud: readonly Peak[]): boolean {
  const gap = loud[0]!.peak / quiet.at(-1)!.peak;
  // A single one of so many has to stand out by itself; of several each does.
  if (loud.length <= quiet.length) return gap >= leastGapOfLoud && gap ** loud.length >= leastGap;
  if (gap < leastGap) return false;
  return quiet.length >= leastShare * (quiet.length + loud.length) || isOfUsualFactor(quiet, loud);
}

function isOfUsualFactor(quiet: readonly Peak[], loud: readonly Peak[]): boolean {
  const factor = median(loud) / median(quiet);
  return (
    quiet.length > 1 &&
    !quiet.some(({ isCoarse }) => isCoarse) &&
    usualFactors.some((usual) => Math.abs(factor / usual - 1) <= nearFactor)
  );
}

function median(sorted: readonly Peak[]): number {
  return sorted[sorted.length >> 1]!.peak;
}

function isCoarse(data: Float32Array): boolean {
  const magnitudes = new Set<number>();
  for (const value of data) {
    if (value !== 0) magnitudes.add(Math.abs(value));
    if (magnitudes.size > stepsOfDark) return false;
  }
  return true;
}
