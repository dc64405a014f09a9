// `deploy plan MODEL`: everything that deploy decides, with the reasons, and nothing written.
import { Command } from 'commander';
import { deploy, deployHost, readProfileFolder, reportOf, reportText, writeDump } from '@wherry/pipeline';
import { addRunOptions, readRequest, type RunOptions } from '../deploy-options.js';
import { progressFor } from './deploy.js';

export function planCommand(): Command {
  return addRunOptions(new Command('plan').description('a dry run: what would be decided and why; writes nothing')).action(
    async (model: string | undefined, options: RunOptions, command: Command) => {
      const { request } = await readRequest(model, options, command);
      const deployment = await deploy(request, await readProfileFolder(), deployHost(options.engine), progressFor(options));
      if (options.dump !== undefined) await writeDump(options.dump, deployment);
      const report = { ...reportOf(deployment, deployment.files), files: [] };
      process.stdout.write(options.json === true ? `${JSON.stringify(report, null, 2)}\n` : `${reportText(report)}nothing was written: this is a plan\n`);
    },
  );
}
