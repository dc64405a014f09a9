// `deploy train MODEL`: the main job with a training in between, its output written whole or not at all.
import { Command, Option } from 'commander';
import type { TrainingOptions } from '@wherry/pipeline';
import {
  lossNames,
  optimizerNames,
  rangeTrainings,
  scheduleNames,
  trainingDefaults as defaults,
} from '@wherry/pipeline/tool';
import { addRunOptions, readSettings, type RunOptions } from '../deploy-options.js';
import type { Interruption } from '../terminal/interruption.js';

/** Commander's name of each option of a training. */
const trainingOptions = [
  'data',
  'epochs',
  'batch',
  'rate',
  'optimizer',
  'schedule',
  'warmup',
  'loss',
  'temperature',
  'ranges',
  'patience',
  'augment',
  'sparsity',
  'keepZeros',
  'seed',
  'checkpoint',
] as const satisfies readonly (keyof TrainingOptions)[];

export function trainCommand(interruption: Interruption): Command {
  const command = new Command('train').description(
    'the main job with a training in between: weights and ranges learn with the integers of the device on every edge',
  );
  addRunOptions(command, { writes: true });
  addTrainingOptions(command);
  return command.action(
    async (model: string | undefined, { ...given }: RunOptions & TrainingOptions, self: Command) => {
      const { requestOf, trainingRequestOf } = await import('@wherry/pipeline');
      const { writeDeployment } = await import('../write-deployment.js');
      const said = trainingOptions.filter((name) => self.getOptionValueSource(name) === 'cli');
      const training = trainingRequestOf(Object.fromEntries(said.map((name) => [name, given[name]])));
      const rest = Object.fromEntries(
        Object.entries(given).filter(([name]) => !(trainingOptions as readonly string[]).includes(name)),
      ) as unknown as RunOptions;
      const request = requestOf(await readSettings(model, rest, self), ['model', 'profile', 'out']);
      await writeDeployment({ ...request, training }, rest, interruption);
    },
  );
}

function addTrainingOptions(command: Command): void {
  const choice = (flags: string, what: string, choices: readonly string[], chosen: string): Option =>
    new Option(flags, `${what} (default ${chosen})`).choices([...choices]);
  const number = (flags: string, what: string, chosen: number): Option =>
    new Option(flags, `${what} (default ${chosen})`).argParser(numberOrWord);
  command
    .optionsGroup('Training:')
    .option(
      '-d, --data <data>',
      'samples to train on, all of them unless --samples says how many; a quarter is held back (default: the calibration data)',
    )
    .addOption(number('--epochs <n>', 'times that all samples are looked at', defaults.epochs))
    .addOption(number('--batch <n>', 'samples in a step', defaults.batch))
    .addOption(number('--rate <x>', 'learning rate, as a share of the largest weight of a channel', defaults.rate))
    .addOption(choice('--optimizer <name>', 'how steps are made of gradients', optimizerNames, defaults.optimizer))
    .addOption(choice('--schedule <name>', 'how the rate falls', scheduleNames, defaults.schedule))
    .addOption(number('--warmup <n>', 'epochs in which the rate grows', defaults.warmup))
    .addOption(
      choice(
        '--loss <name>',
        'follow the float model, which needs no labels, the labels, or both',
        lossNames,
        defaults.loss,
      ),
    )
    .addOption(number('--temperature <x>', 'softens the scores that are followed', defaults.temperature))
    .addOption(choice('--ranges <name>', 'how ranges of activations are trained', rangeTrainings, defaults.ranges))
    .addOption(number('--patience <n>', 'epochs without a better one that end it', defaults.patience))
    .option(
      '--augment <change>',
      'flip, shift=N, noise=SHARE or gain=SHARE, drawn anew each time a sample is looked at (repeatable)',
      (word: string, before: readonly string[] | undefined) => [...(before ?? []), word],
    )
    .addOption(number('--sparsity <x>', 'share of the weights that become 0', defaults.sparsity))
    .option('--keep-zeros', 'weights that are 0 stay it')
    .addOption(number('--seed <n>', 'of what is drawn', defaults.seed))
    .option('--checkpoint <file>', 'written after each epoch; if it is there, the training goes on from it');
}

/** What is no number stays the word it is: the check of the settings shows it. */
function numberOrWord(text: string): number | string {
  return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
}
