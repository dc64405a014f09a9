// What two measurements on the same samples say of each other, and how much of it may be chance.
import { blockCount, explores } from '../calibrate/blocks.js';

/** Per sample, as shares of the outputs' mean power; position for position the same samples in every measurement. */
export interface SampleErrors {
  readonly reported: readonly number[];
  readonly judged: readonly number[];
  /** See `blockOf`. */
  readonly blocks: readonly number[];
}

export interface Gain {
  /** How many dB less noise the candidate has, a mean over blocks of samples; negative when it has more. */
  readonly db: number;
  /** One standard error of that; Infinity where there are too few blocks to tell. */
  readonly standardError: number;
  /** Of all samples together, by the figure that the report prints. */
  readonly reportedDb: number;
  /** How many blocks that is of. */
  readonly blocks: number;
}

/** Blocks below which no estimate of chance is worth its name. */
const leastBlocks = 4;

/** dB that the printed figure may lose when the judged one wins. */
const greatestReportedLoss = 0.3;

/** dB of one block beyond which more says no more: a block that is all but exact before or after. */
const greatestBlockGain = 20;

/**
 * A mean of logarithms, as a single loud sample would otherwise drown what all the others say; what it does itself is in
 * the printed figure, which must agree (`convinces`).
 */
export function gainOf(base: SampleErrors, candidate: SampleErrors): Gain {
  const reportedDb = decibels(total(base.reported), total(candidate.reported));
  const [before, after] = [blockSums(base.judged, base.blocks), blockSums(candidate.judged, base.blocks)];
  const gains = [...new Set(base.blocks)].map((block) =>
    Math.min(greatestBlockGain, Math.max(-greatestBlockGain, decibels(before[block]!, after[block]!))),
  );
  const blocks = gains.length;
  const db = blocks === 0 ? 0 : total(gains) / blocks;
  if (blocks < leastBlocks) return { db, reportedDb, blocks, standardError: Infinity };
  const variance = total(gains.map((gain) => (gain - db) ** 2)) / (blocks - 1);
  return { db, reportedDb, blocks, standardError: Math.sqrt(variance / blocks) };
}

/** How much a challenger has to show. */
export interface Demand {
  /** dB to gain beyond chance. */
  readonly margin: number;
  /** Standard errors that count as chance. */
  readonly certainty: number;
}

/** True when a gain is beyond chance, and the figure that is printed agrees. Of few blocks more is asked. */
export function convinces({ db, standardError, reportedDb, blocks }: Gain, { margin, certainty }: Demand): boolean {
  const chance = standardError === 0 ? 0 : certainty * (1 + 2 / Math.max(1, blocks - 1)) * standardError;
  return db - chance > margin && reportedDb >= -greatestReportedLoss;
}

export function joined(a: SampleErrors, b: SampleErrors): SampleErrors {
  return {
    reported: [...a.reported, ...b.reported],
    judged: [...a.judged, ...b.judged],
    blocks: [...a.blocks, ...b.blocks],
  };
}

/** The errors of the samples that confirm. */
export function confirming({ reported, judged, blocks }: SampleErrors): SampleErrors {
  const confirms = (_: number, sample: number): boolean => !explores(blocks[sample]!);
  return { reported: reported.filter(confirms), judged: judged.filter(confirms), blocks: blocks.filter(confirms) };
}

/** Signal to noise in dB as the report defines it; 300 without noise. */
export function sqnrOf({ reported }: SampleErrors): number {
  return decibels(1, total(reported) / Math.max(1, reported.length));
}

function blockSums(errors: readonly number[], blocks: readonly number[]): number[] {
  const sums = new Array<number>(blockCount).fill(0);
  errors.forEach((error, sample) => (sums[blocks[sample]!]! += error));
  return sums;
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/** Share of the power below which there is no noise to speak of. */
const nothing = 1e-30;

/** 0 for two nothings. */
function decibels(before: number, after: number): number {
  return 10 * Math.log10(Math.max(before, nothing) / Math.max(after, nothing));
}
