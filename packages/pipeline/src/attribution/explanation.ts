// What `deploy explain-accuracy` says, as a value.
import type { Evaluation } from '../evaluate/evaluation.js';
import type { RefusedReport } from '../report/refused-report.js';
import type { Report } from '../report/report.js';
import type { Attribution } from './attribution.js';
import type { PossibleRemedy } from './possible-remedies.js';

/** Stable, as the report: fields are added, never renamed or given another meaning, within a `schemaVersion`. */
export interface Explanation {
  readonly schemaVersion: 1;
  readonly ok: true;
  readonly attribution: Attribution;
  /** What was tried against the loss. */
  readonly remedies: Remedies;
  /** Of the deployment with these settings, which was not written; one that would be refused has its reason in it. */
  readonly report: Report | RefusedReport;
}

/** Of a file that is quantized already, beside its float model. */
export interface FileExplanation {
  readonly schemaVersion: 1;
  readonly ok: true;
  readonly attribution: Attribution;
  /** What `deploy evaluate MODEL --against FLOAT` says. */
  readonly evaluation: Evaluation;
}

export interface Remedies {
  /** Evaluation samples that they were judged on. */
  readonly samples: number;
  /** What gains most first; other schemes last, which are tried where a limit of accuracy is broken and nothing else mends it. */
  readonly tried: readonly TriedRemedy[];
  /** Why none was; null where any could be. */
  readonly notTried: string | null;
}

export interface TriedRemedy extends PossibleRemedy {
  /** Less noise at the outputs; null where it came to no deployment. */
  readonly gainDb: number | null;
  /** Beyond chance, or not; `refused`: no deployment came of it. */
  readonly verdict: 'gain' | 'within chance' | 'loss' | 'refused';
  /** Code of the refusal; null where there was none. */
  readonly why: string | null;
}
