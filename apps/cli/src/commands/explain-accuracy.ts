// `deploy explain-accuracy MODEL`: where accuracy goes on the way to a target. Nothing is written.
import { Command } from 'commander';
import { addRunOptions, readSettings, type RunOptions } from '../deploy-options.js';
import type { Interruption } from '../terminal/interruption.js';
import { print } from '../terminal/print.js';

export function explainAccuracyCommand(interruption: Interruption): Command {
  const command = new Command('explain-accuracy').description(
    'say where accuracy goes on the way to a target: by cause and by layer',
  );
  return addRunOptions(command, { writes: false, dumps: false }).action(
    async (model: string | undefined, options: RunOptions, self: Command) => {
      const { explanationText, requestOf } = await import('@wherry/pipeline');
      const { explainDeployment } = await import('../run-deployment.js');
      const request = requestOf(await readSettings(model, options, self), ['model', 'profile']);
      const explanation = await explainDeployment(request, options, interruption);
      const { reportStyle, wantsColor } = await import('../terminal/style.js');
      await print(options, explanation, () =>
        explanationText(explanation, reportStyle(wantsColor(process.stdout, process.env))),
      );
    },
  );
}
