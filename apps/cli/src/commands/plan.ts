// `deploy plan MODEL`: everything that deploy decides, with the reasons, and no output written.
import { Command } from 'commander';
import { addRunOptions, readSettings, type RunOptions } from '../deploy-options.js';
import type { Interruption } from '../terminal/interruption.js';
import { print } from '../terminal/print.js';

export function planCommand(interruption: Interruption): Command {
  const command = new Command('plan').description(
    'a dry run: what would be decided, and why; writes nothing but what --dump asks for',
  );
  return addRunOptions(command, { writes: false }).action(
    async (model: string | undefined, options: RunOptions, self: Command) => {
      const { reportOf, requestOf, requireSeparateFolders } = await import('@wherry/pipeline');
      const { runDeployment, terminalReport } = await import('../run-deployment.js');
      // The same configuration file serves both: where it says to write is of no concern here.
      const request = requestOf(await readSettings(model, options, self), ['model', 'profile']);
      await requireSeparateFolders(request, { dump: options.dump, config: options.config });
      const { deployment, refused } = await runDeployment(request, options, interruption);
      if (refused !== undefined)
        return (await import('../tell-refusal.js')).tellRefusal(refused, options, interruption);
      const report = { ...reportOf(deployment, deployment.files), files: [] };
      await print(options, report, () => {
        const text = terminalReport(report, { memoryPicture: true });
        return `${text}\n\n${written(options.dump)}: this is a plan`;
      });
    },
  );
}

function written(dump: string | undefined): string {
  return dump === undefined ? 'nothing was written' : `nothing but ${dump} was written`;
}
