// `deploy [MODEL]`: the main job, its output written whole or not at all.
import { Command } from 'commander';
import { deploy, deployHost, outputNames, readProfileFolder, reportOf, reportText, requireOutputFolder, writeDump, writeOutputDirectory } from '@wherry/pipeline';
import { addRunOptions, readRequest, type RunOptions } from '../deploy-options.js';
import { progressDisplay, progressStyle } from '../terminal/progress-display.js';

export function deployCommand(): Command {
  return addRunOptions(new Command('model').description('quantize, prove and export a model (the main job; the word `model` can be left out)'))
    .option('-o, --out <dir>', 'folder for the output; it is replaced as a whole')
    .action(async (model: string | undefined, options: RunOptions, command: Command) => {
      const { request, out } = await readRequest(model, options, command);
      const folder = requireOutputFolder(out);
      const deployment = await deploy(request, await readProfileFolder(), deployHost(options.engine), progressFor(options));
      if (options.dump !== undefined) await writeDump(options.dump, deployment);
      await writeOutputDirectory(folder, deployment.files, outputNames);
      const report = reportOf(deployment, deployment.files);
      process.stdout.write(options.json === true ? `${JSON.stringify(report, null, 2)}\n` : `${reportText(report)}\n`);
    });
}

export function progressFor(options: Pick<RunOptions, 'json' | 'quiet'>): ReturnType<typeof progressDisplay> {
  const style = progressStyle({ json: options.json === true, quiet: options.quiet === true, isTerminal: process.stderr.isTTY === true });
  return progressDisplay(process.stderr, style);
}
