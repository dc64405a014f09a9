// What commands that run a deployment have in common: settings in, a verdict out, the dump of what is let through written.
import {
  attempt,
  deployHost,
  explainAccuracy,
  explainFile,
  readProfiles,
  reportText,
  requireOwnDirectory,
  writeDump,
  type DeployHost,
  type DeployRequest,
  type ExplainFileRequest,
  type Explained,
  type FileExplanation,
  type ProgressSink,
  type RefusedReport,
  type Report,
  type ReportTextOptions,
  type Verdict,
} from '@wherry/pipeline';
import type { RunOptions } from './deploy-options.js';
import type { Interruption } from './terminal/interruption.js';
import { progressDisplay, progressStyle } from './terminal/progress-display.js';
import { remarksOn } from './terminal/standard-streams.js';
import { reportStyle, wantsColor } from './terminal/style.js';

export async function runDeployment(
  request: DeployRequest,
  options: RunOptions,
  interruption: Interruption,
): Promise<Verdict> {
  const { dump } = options;
  if (dump !== undefined) await requireOwnDirectory(dump, 'files.json');
  return run(request, options, interruption, async (...given) => {
    const verdict = await attempt(...given);
    const { deployment } = verdict;
    if (dump !== undefined && deployment !== undefined)
      await interruption.during(`the dump in ${dump}`, () => writeDump(dump, deployment, interruption.signal));
    return verdict;
  });
}

export function explainDeployment(
  request: DeployRequest,
  options: RunOptions,
  interruption: Interruption,
): Promise<Explained> {
  return run(request, options, interruption, explainAccuracy);
}

/** No profile is asked for. */
export function explainFileOnHost(
  request: ExplainFileRequest,
  options: Pick<RunOptions, 'engine' | 'json' | 'quiet'>,
  { signal }: Interruption,
): Promise<FileExplanation> {
  const host = deployHost(options.engine, { signal });
  return withProgress(options, (progress) => explainFile(request, { engine: () => host.engine(), signal }, progress));
}

/** With the profiles, the host and the progress that the options ask for. */
function run<Result>(
  request: DeployRequest,
  options: RunOptions,
  interruption: Interruption,
  job: (...given: Parameters<typeof attempt>) => Promise<Result>,
): Promise<Result> {
  return withProgress(options, async (progress) => {
    const { library, id } = await readProfiles(request.profile, options.profiles);
    const host = deployHost(options.engine, {
      signal: interruption.signal,
      lanes: options.workers === undefined ? undefined : (Number(options.workers) as 0 | 1 | 2),
      // A page says what of it moved.
      keepImported: options.dump !== undefined || options.report !== undefined,
      keepEvidence: options.report !== undefined,
    });
    const during: DeployHost['during'] = (what, write) => interruption.during(what, write);
    return job({ ...request, profile: id }, library, { ...host, during }, progress);
  });
}

/** With the display of progress that the options ask for. */
export async function withProgress<Result>(
  { json, quiet }: Pick<RunOptions, 'json' | 'quiet'>,
  job: (progress: ProgressSink) => Promise<Result>,
): Promise<Result> {
  const isTerminal = process.stderr.isTTY === true;
  const style = progressStyle({ json: json === true, quiet: quiet === true, isTerminal });
  const progress = progressDisplay(progressStream(), style);
  try {
    return await job(progress);
  } catch (error) {
    // The cursor may stand in a half drawn bar.
    if (style === 'bar') progress.end();
    throw error;
  }
}

/** The width is looked up each time: a terminal can be resized. */
function progressStream(): { write(text: string): void; readonly columns: number | undefined } {
  const remarks = remarksOn(process.stderr);
  return {
    write: (text) => remarks.write(text),
    get columns() {
      return process.stderr.columns;
    },
  };
}

export function terminalReport(report: Report | RefusedReport, options?: ReportTextOptions): string {
  return reportText(report, reportStyle(wantsColor(process.stdout, process.env)), options);
}
