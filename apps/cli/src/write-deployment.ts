// What the commands that write an output folder have in common, once their settings are read.
import {
  besideBaseline,
  pageOfDeployment,
  pageOfRefusal,
  reportOf,
  requireOwnDirectory,
  requireOwnPage,
  requireSameName,
  requireSeparateFolders,
  writeOutputDirectory,
  type DeployRequest,
  type RunOfPair,
} from '@wherry/pipeline';
import type { RunOptions } from './deploy-options.js';
import { leavePage } from './leave-page.js';
import { runDeployment, terminalReport } from './run-deployment.js';
import type { Interruption } from './terminal/interruption.js';
import { print } from './terminal/print.js';
import { remarksOn } from './terminal/standard-streams.js';

/** `pair`: what was said of the run, for the page beside its baseline. Runs, writes the folder whole or not at all, and prints the report. */
export async function writeDeployment(
  request: DeployRequest & { readonly out: string },
  options: RunOptions,
  interruption: Interruption,
  pair?: RunOfPair,
): Promise<void> {
  await requireSeparateFolders(request, { out: request.out, dump: options.dump, config: options.config });
  const { out } = request;
  const page = options.report;
  if (page !== undefined) await requireOwnPage(page, { out, dump: options.dump });
  const before = await requireOwnDirectory(request.out, 'report.json');
  requireSameName(request.out, before, request);
  const { deployment, refused } = await runDeployment(request, options, interruption);
  if (refused !== undefined && page !== undefined) await leavePage(page, () => pageOfRefusal(refused), interruption);
  if (refused !== undefined) return (await import('./tell-refusal.js')).tellRefusal(refused, options, interruption);
  const { signal } = interruption;
  const output = `the output in ${request.out}`;
  const { replacedAnother, leftBehind } = await interruption.during(output, () =>
    writeOutputDirectory(request.out, deployment.files, { signal, before }),
  );
  if (replacedAnother && options.quiet !== true)
    remarksOn(process.stderr).write(
      `${request.out}: another run had written there meanwhile; this run's output has taken its place\n`,
    );
  if (leftBehind !== undefined)
    remarksOn(process.stderr).write(
      `${leftBehind}: the output that was replaced could not be removed; remove this folder\n`,
    );
  if (page !== undefined) {
    const comparison = async () => (pair === undefined ? undefined : besideBaseline(deployment, pair));
    const make = async () => ({ ...pageOfDeployment(deployment), comparison: await comparison() });
    await leavePage(page, make, interruption);
  }
  const report = reportOf(deployment, deployment.files);
  await print(options, report, () => terminalReport(report), output);
}
