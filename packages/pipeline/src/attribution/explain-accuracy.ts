// Where accuracy goes on the way to a target: a deployment that is not written, looked into with all of its budget.
import { WherryError } from '@wherry/graph';
import type { ProfileLibrary } from '@wherry/profiles';
import type { ReportPage } from '@wherry/report-page';
import { pipelineDiagnostics } from '../diagnostics.js';
import { attempt } from '../deploy.js';
import type { DeployHost, DeployRequest, Verdict } from '../deployment.js';
import { areSameSamples } from '../inputs/datasets.js';
import type { ProgressSink } from '../progress.js';
import { pageOfDeployment, pageOfRefusal } from '../report-page/page-of-run.js';
import type { RefusedReport } from '../report/refused-report.js';
import { reportOf, type Report } from '../report/report.js';
import { attributionDiagnostics } from './diagnostics.js';
import type { Explanation } from './explanation.js';
import { requireFloat } from './require-float.js';
import { tryRemedies } from './try-remedies.js';

export interface Explained {
  readonly explanation: Explanation;
  /** The page of the run; it has no files, as none were written. */
  readonly page: () => ReportPage;
}

/** Throws EXPLAIN_NOTHING, and what a deployment is refused for before it is measured. */
export async function explainAccuracy(
  request: DeployRequest,
  library: ProfileLibrary,
  host: DeployHost,
  progress: ProgressSink,
): Promise<Explained> {
  await requireFloat(request.model);
  const verdict = await attempt(request, library, { ...host, explains: true, keepImported: true }, progress);
  const report = reportFor(verdict);
  const { attribution } = report;
  if (attribution === null || attribution === undefined) throw nothingToExplain(verdict, report);
  const { calibration, evaluation, quantization } = report;
  const loss = {
    quantized: verdict.deployment?.quantized.graph ?? verdict.refused!.quantized!,
    scheme: quantization!.scheme,
    attribution,
    isMixed: quantization!.mix !== null,
    breaksLimit: verdict.refused?.refusal.definition === pipelineDiagnostics.ACCURACY_BELOW_LIMIT,
    isJudgedApart: !evaluation || !calibration || !areSameSamples(evaluation, calibration),
  };
  const remedies = await tryRemedies(request, library, host, loss, progress);
  return { explanation: { schemaVersion: 1, ok: true, attribution, remedies, report }, page: () => pageFor(verdict) };
}

function reportFor({ deployment, refused }: Verdict): Report | RefusedReport {
  return deployment === undefined ? refused.report : reportOf(deployment, new Map());
}

function pageFor({ deployment, refused }: Verdict): ReportPage {
  return deployment === undefined ? pageOfRefusal(refused) : pageOfDeployment({ ...deployment, files: new Map() });
}

/** What was refused before it was measured is thrown as it is. */
function nothingToExplain({ refused }: Verdict, { quantization, calibration }: Report | RefusedReport): WherryError {
  if (refused !== undefined) return refused.refusal;
  return new WherryError(attributionDiagnostics.EXPLAIN_NOTHING, {
    what: `the scheme is ${quantization?.scheme ?? 'open'}, and ${calibration ? 'nothing was measured' : 'there are no samples to run it on'}`,
    next: 'give samples with --evaluation or --calibration',
  });
}
