// Measures settings against each other: all of them on the first half of the samples, the two best on the rest as well.
import type { Measured, Recording } from './output-error.js';
import type { Candidate, Settings } from './settings.js';

/** `half`: which of the samples. */
export type Measure = (settings: Settings, half: 'first' | 'second') => Promise<Measured>;

export interface RaceOptions {
  /** Samples in each half. */
  readonly counts: readonly [number, number];
  /** The two best are tried with even channels as well. */
  readonly equalized: boolean;
  /** Tried for the best of the others. */
  readonly uncorrected: boolean;
  readonly compact: boolean;
}

export interface Raced {
  readonly best: Candidate;
  /** Of the best, over all samples. */
  readonly recording: Recording;
  /** In the order of trial. */
  readonly candidates: readonly Candidate[];
}

/** Sharing scales may multiply the error by this, some 9 dB: a bit and a half of the weights. */
const greatestLoss = 8;

const finalists = 2;

/**
 * Of equals the earlier, simpler one; a compact one when it is not too far behind, in both forms as shared scales suffer from
 * what evens channels out.
 */
export async function race(
  tries: readonly Settings[],
  measure: Measure,
  { counts, equalized, uncorrected, compact }: RaceOptions,
): Promise<Raced> {
  const heat = new Heat(counts[0]);
  for (const settings of tries) heat.add(settings, await measure(settings, 'first'));
  const even = equalized ? heat.leading.map(({ settings }) => ({ ...settings, equalized: true })) : [];
  for (const settings of even) heat.add(settings, await measure(settings, 'first'));
  if (uncorrected) {
    const settings = { ...heat.leading[0]!.settings, correctBias: false };
    heat.add(settings, await measure(settings, 'first'));
  }
  const finals: Entry[] = [];
  for (const entry of heat.leading) finals.push(joined(entry, await measure(entry.settings, 'second'), counts));
  const best = leastError(finals);
  if (!compact) return outcome(best, heat, finals);
  const forms = best.settings.equalized ? [false, true] : [false];
  for (const equalized of forms) {
    const settings = { ...best.settings, equalized, compactMatrices: true };
    const first = { settings, samples: counts[0], ...(await measure(settings, 'first')) };
    finals.push(joined(first, await measure(settings, 'second'), counts));
  }
  const dense = leastError(finals.filter(({ settings }) => settings.compactMatrices));
  return outcome(dense.error <= greatestLoss * best.error ? dense : best, heat, finals);
}

interface Entry extends Measured {
  readonly settings: Settings;
  readonly samples: number;
}

/** The trials of the first half. What can no longer win need not be remembered. */
class Heat {
  readonly entries: Entry[] = [];

  constructor(private readonly samples: number) {}

  add(settings: Settings, measured: Measured): void {
    this.entries.push({ settings, samples: this.samples, ...measured });
    const { leading } = this;
    this.entries.forEach((entry, i) => {
      if (!leading.includes(entry)) this.entries[i] = { ...entry, recording: [] };
    });
  }

  get leading(): readonly Entry[] {
    return [...this.entries].sort((a, b) => a.error - b.error).slice(0, finalists);
  }
}

function joined(entry: Entry, second: Measured, [first, rest]: readonly [number, number]): Entry {
  const samples = first + rest;
  return {
    settings: entry.settings,
    samples,
    error: (entry.error * first + second.error * rest) / samples,
    recording: [...entry.recording, ...second.recording],
  };
}

function leastError(entries: readonly Entry[]): Entry {
  return entries.reduce((least, entry) => (entry.error < least.error ? entry : least));
}

/** Finalists stand where they were tried, with what all samples say of them. */
function outcome(best: Entry, heat: Heat, finals: readonly Entry[]): Raced {
  const inOrder = [
    ...heat.entries.map((entry) => finals.find(({ settings }) => settings === entry.settings) ?? entry),
    ...finals.filter(({ settings }) => settings.compactMatrices),
  ];
  return { best: candidate(best), recording: best.recording, candidates: inOrder.map(candidate) };
}

function candidate({ settings, error, samples }: Entry): Candidate {
  return { ...settings, error, samples };
}
