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
  /** Of all samples together, by what is judged. */
  readonly judgedDb: number;
  /** One standard error of `reportedDb`. */
  readonly reportedError: number;
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
  const whole = {
    reportedDb,
    judgedDb: decibels(total(base.judged), total(candidate.judged)),
    reportedError: jackknifeError(blockSums(base.reported, base.blocks), blockSums(candidate.reported, base.blocks)),
  };
  const blocks = gains.length;
  const db = blocks === 0 ? 0 : total(gains) / blocks;
  if (blocks < leastBlocks) return { ...whole, db, blocks, standardError: Infinity };
  const variance = total(gains.map((gain) => (gain - db) ** 2)) / (blocks - 1);
  return { ...whole, db, blocks, standardError: Math.sqrt(variance / blocks) };
}

/** Standard error in dB of the ratio of two sums over blocks, by leaving each block out once. */
function jackknifeError(before: readonly number[], after: readonly number[]): number {
  const [all, every] = [total(before), total(after)];
  const present = before.flatMap((sum, block) => (sum > 0 || after[block]! > 0 ? [block] : []));
  const without = present.map((block) => decibels(all - before[block]!, every - after[block]!));
  const mean = total(without) / without.length;
  const spread = total(without.map((db) => (db - mean) ** 2));
  return without.length < leastBlocks ? 0 : Math.sqrt(((without.length - 1) / without.length) * spread);
}

/**
 * dB that the printed figure loses. That of scores is made by the few samples that are in doubt: it is not believed further
 * than one standard error against the logits of all samples. Where the two are the same figure, it stands as it is.
 */
function reportedLoss({ reportedDb, judgedDb, reportedError }: Gain): number {
  return -Math.max(reportedDb, Math.min(judgedDb, reportedDb + reportedError));
}

/** The printed figure speaks against the candidate, and what is judged does too: by its mean over blocks or as a whole. */
export function isBehind({ db, reportedDb, judgedDb }: Gain): boolean {
  return reportedDb < 0 && (db < 0 || judgedDb < 0);
}

/** How much a challenger has to show. */
export interface Demand {
  /** dB to gain beyond chance. */
  readonly margin: number;
  /** Standard errors that count as chance. */
  readonly certainty: number;
}

/** True when a gain is beyond chance, and the figure that is printed agrees. Of few blocks more is asked. */
export function convinces(gain: Gain, { margin, certainty }: Demand): boolean {
  const { db, standardError, blocks } = gain;
  const chance = standardError === 0 ? 0 : certainty * (1 + 2 / Math.max(1, blocks - 1)) * standardError;
  return db - chance > margin && reportedLoss(gain) <= greatestReportedLoss;
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
