// What testing a project comes to, as a document for programs. No time of day, no path.
import type { Diagnostic } from '@wherry/graph';
import type { Difference } from './compare.js';
import type { Link } from './metric.js';
import type { Tier } from './tier.js';

/**
 * `failed`: something moved, or there is no baseline. `error`: it did not get that far. `updated`: the baseline is what was
 * measured now. `new series`: measured with a toolchain or a firmware that the baseline does not know. `left out`: `why` says it.
 */
export type TestVerdict = 'passed' | 'failed' | 'error' | 'updated' | 'new series' | 'left out';

export interface NearestSeries {
  readonly series: string;
  readonly differences: readonly Difference[];
}

/** One model on one profile in one tier. */
export interface TestedPair {
  readonly model: string;
  readonly profile: string;
  readonly tier: Tier;
  /** The toolchain or the firmware that was measured; null on this machine. */
  readonly series: string | null;
  readonly verdict: TestVerdict;
  /** In a sentence; null where the verdict says all. */
  readonly why: string | null;
  /** Links of the chain that moved, the first of them first. */
  readonly moved: readonly Link[];
  /** How many metrics were compared. */
  readonly metrics: number;
  /** What is not as the baseline has it, gains too. */
  readonly differences: readonly Difference[];
  /** Of a series that the baseline does not hold: what differs from the one that is called most alike. It decides nothing. */
  readonly nearest: NearestSeries | null;
  readonly error: Diagnostic | null;
  /** What a run by itself would have warned of. */
  readonly warnings: readonly Diagnostic[];
}

/** Stable: fields are added, never renamed or given another meaning, within a `schemaVersion`. */
export interface TestResult {
  readonly schemaVersion: 1;
  /** Nothing failed. */
  readonly ok: boolean;
  readonly tool: { readonly name: 'wherry'; readonly version: string };
  readonly tiers: readonly Tier[];
  readonly pairs: readonly TestedPair[];
  /** Baselines that nothing of the project is compared with, by their names in the folder. */
  readonly obsolete: readonly string[];
  /** Such baselines, where they were removed. */
  readonly removed: readonly string[];
}

export const failures: ReadonlySet<TestedPair['verdict']> = new Set(['failed', 'error']);
