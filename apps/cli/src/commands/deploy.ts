// `deploy [MODEL]`: the main job, its output written whole or not at all.
import { Command } from 'commander';
import { addRunOptions, readSettings, type RunOptions } from '../deploy-options.js';
import type { Interruption } from '../terminal/interruption.js';
import { refuseMisspeltCommand } from '../misspelt-command.js';
import { print } from '../terminal/print.js';
import { remarksOn } from '../terminal/standard-streams.js';

export function deployCommand(interruption: Interruption): Command {
  const command = new Command('deploy')
    .description(
      'Brings a trained network onto a device: a float model in; out comes a .tflite in the numbers that the device takes, ' +
        'with C files or an example around it, measured against the float model.',
    )
    // A second word is looked at by the action: it may come of a misspelt command.
    .allowExcessArguments();
  return addRunOptions(command, { writes: true }).action(
    async (model: string | undefined, options: RunOptions, self: Command) => {
      await refuseMisspeltCommand(self);
      const {
        reportOf,
        requestOf,
        requireOwnDirectory,
        requireSameName,
        requireSeparateFolders,
        writeOutputDirectory,
      } = await import('@wherry/pipeline');
      const { runDeployment, terminalReport } = await import('../run-deployment.js');
      const request = requestOf(await readSettings(model, options, self), ['model', 'profile', 'out']);
      await requireSeparateFolders(request, { out: request.out, dump: options.dump, config: options.config });
      const before = await requireOwnDirectory(request.out, 'report.json');
      requireSameName(request.out, before, request);
      const { deployment, refused } = await runDeployment(request, options, interruption);
      if (refused !== undefined) return (await import('../tell-refusal.js')).tellRefusal(refused, options);
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
      const report = reportOf(deployment, deployment.files);
      await print(options, report, () => terminalReport(report), output);
    },
  );
}
