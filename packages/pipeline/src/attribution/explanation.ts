// What `deploy explain-accuracy` says, as a value.
import type { Evaluation } from '../evaluate/evaluation.js';
import type { RefusedReport } from '../report/refused-report.js';
import type { Report } from '../report/report.js';
import type { Attribution } from './attribution.js';

/** Stable, as the report: fields are added, never renamed or given another meaning, within a `schemaVersion`. */
export interface Explanation {
  readonly schemaVersion: 1;
  readonly ok: true;
  readonly attribution: Attribution;
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
