// `deploy [MODEL]`: the main job, its output written whole or not at all.
import { Command } from 'commander';
import { addRunOptions, readSettings, type RunOptions } from '../deploy-options.js';
import type { Interruption } from '../terminal/interruption.js';
import { refuseMisspeltCommand } from '../misspelt-command.js';

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
      await refuseMisspeltCommand(self, async () =>
        (await import('@wherry/pipeline')).projectModelNames(options.config),
      );
      const { requestOf } = await import('@wherry/pipeline');
      const { writeDeployment } = await import('../write-deployment.js');
      const settings = await readSettings(model, options, self);
      const request = requestOf(settings, ['model', 'profile', 'out']);
      const pair = { config: options.config, model, settings };
      await writeDeployment(request, options, interruption, pair);
    },
  );
}
