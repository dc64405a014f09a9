// What `deploy` and `deploy plan` have in common: settings in, a deployment out, its dump written.
import {
  deploy,
  deployHost,
  readProfiles,
  reportText,
  requireOwnDirectory,
  writeDump,
  type Deployment,
  type DeployRequest,
  type Report,
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
): Promise<Deployment> {
  if (options.dump !== undefined) await requireOwnDirectory(options.dump, 'files.json');
  const style = progressStyle({
    json: options.json === true,
    quiet: options.quiet === true,
    isTerminal: process.stderr.isTTY === true,
  });
  const progress = progressDisplay(progressStream(), style);
  try {
    const { library, id } = await readProfiles(request.profile, options.profiles);
    const deployment = await deploy(
      { ...request, profile: id },
      library,
      deployHost(options.engine, interruption.signal),
      progress,
    );
    const { dump } = options;
    if (dump !== undefined)
      await interruption.during(`the dump in ${dump}`, () => writeDump(dump, deployment, interruption.signal));
    return deployment;
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

export function terminalReport(report: Report): string {
  return reportText(report, reportStyle(wantsColor(process.stdout, process.env)));
}
