// `deploy plan MODEL`: everything that deploy decides, with the reasons, and no output written.
import { WherryError } from '@wherry/graph';
import { pipelineDiagnostics, shardKeys } from '@wherry/pipeline/tool';
import { Command, Option } from 'commander';
import { addRunOptions, readSettings, type RunOptions } from '../deploy-options.js';
import type { Interruption } from '../terminal/interruption.js';
import { print } from '../terminal/print.js';
import { planTheShards, shardCount, type ShardOptions } from './plan-shards.js';

export function planCommand(interruption: Interruption): Command {
  const command = new Command('plan').description(
    'a dry run: what would be decided, and why; writes nothing but what --dump asks for',
  );
  return addShardOptions(addRunOptions(command, { writes: false })).action(
    async (model: string | undefined, options: RunOptions & ShardOptions, self: Command) => {
      if (options.shards !== undefined) return planTheShards(options.shards, model, self);
      if (options.by !== undefined) refuseBy();
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

function addShardOptions(command: Command): Command {
  return command
    .optionsGroup('Instead of a run:')
    .option(
      '--shards <n>',
      'divide all pairs of the project, model and device, among so many machines, for `deploy test`',
      shardCount,
    )
    .addOption(
      new Option('--by <what>', 'what stays together on one machine (default device)').choices([...shardKeys]),
    );
}

function refuseBy(): never {
  throw new WherryError(pipelineDiagnostics.SETTING_UNUSED, {
    what: '--by is given, and nothing is divided',
    next: 'add --shards N, or leave --by away',
  });
}

function written(dump: string | undefined): string {
  return dump === undefined ? 'nothing was written' : `nothing but ${dump} was written`;
}
