// What `deploy` and `deploy plan` have in common: settings in, a deployment out, its dump written.
import {
  deploy,
  deployHost,
  readProfileFolder,
  reportText,
  requireOwnDirectory,
  writeDump,
  type Deployment,
  type DeployRequest,
  type Report,
} from '@wherry/pipeline';
import type { RunOptions } from './deploy-options.js';
import { progressDisplay, progressStyle } from './terminal/progress-display.js';
import { reportStyle, wantsColor } from './terminal/style.js';

export async function runDeployment(
  request: DeployRequest,
  options: RunOptions,
  signal: AbortSignal | undefined,
): Promise<Deployment> {
  if (options.dump !== undefined) await requireOwnDirectory(options.dump);
  const style = progressStyle({
    json: options.json === true,
    quiet: options.quiet === true,
    isTerminal: process.stderr.isTTY === true,
  });
  const progress = progressDisplay(process.stderr, style);
  try {
    const deployment = await deploy(request, await readProfileFolder(), deployHost(options.engine, signal), progress);
    if (options.dump !== undefined) await writeDump(options.dump, deployment, signal);
    return deployment;
  } catch (error) {
    // The cursor may stand in a half drawn bar.
    if (style === 'bar') progress.end();
    throw error;
  }
}

export function terminalReport(report: Report): string {
  return reportText(report, reportStyle(wantsColor(process.stdout, process.env)));
}
