// The command line: the main job, the commands around it, and what they have in common.
import { usedExitCodes } from '@wherry/graph';
import { CommanderError, type Command } from 'commander';
import { toolVersion } from '@wherry/pipeline/tool';
import { agentCommand } from './commands/agent.js';
import { completionCommand } from './commands/completion.js';
import { deployCommand } from './commands/deploy.js';
import { diffCommand } from './commands/diff.js';
import { doctorCommand } from './commands/doctor.js';
import { evaluateCommand } from './commands/evaluate.js';
import { explainCommand } from './commands/explain.js';
import { explainAccuracyCommand } from './commands/explain-accuracy.js';
import { inspectCommand } from './commands/inspect.js';
import { labCommand } from './commands/lab/lab.js';
import { measureCommand } from './commands/measure.js';
import { planCommand } from './commands/plan.js';
import { profilesCommand } from './commands/profiles.js';
import { trainCommand } from './commands/train.js';
import { testCommand } from './commands/test.js';
import { refuseSwallowedOptions } from './swallowed-options.js';
import type { Interruption } from './terminal/interruption.js';

/** `deploy MODEL` is the main job; the words below are commands of their own. `interruption` asks a run to stop,
 * `print` takes help and version. */
export function createProgram(interruption: Interruption, print: (text: string) => void): Command {
  const withManners = mannersOf(print);
  const program = withManners(deployCommand(interruption))
    .version(toolVersion, '-V, --version', 'print the version')
    .usage('[MODEL] --profile ID --calibration [FORMAT:]PATH --out DIR [options]\n       deploy COMMAND ...')
    .enablePositionalOptions()
    .commandsGroup('Commands:')
    .helpCommand('help [command]', 'show this help, or that of a command')
    .addHelpText('after', examples);
  for (const command of [
    planCommand(interruption),
    trainCommand(interruption),
    inspectCommand(),
    diffCommand(interruption),
    evaluateCommand(interruption),
    measureCommand(interruption),
    agentCommand(interruption),
    testCommand(interruption),
    labCommand(interruption, withManners),
    explainAccuracyCommand(interruption),
    profilesCommand(),
    explainCommand(),
    doctorCommand(),
    completionCommand(() => program),
  ]) {
    program.addCommand(withManners(command));
  }
  refuseSwallowedOptions(program);
  return program.hook('preSubcommand', passOnOptions);
}

/** Errors are thrown, never printed by Commander: they have one form, and one document with `--json`. */
function mannersOf(print: (text: string) => void): (command: Command) => Command {
  return (command) =>
    command
      .exitOverride((error) => {
        throw withOwner(error, command);
      })
      .showSuggestionAfterError()
      .helpOption('-h, --help', 'show this help')
      .configureOutput({ outputError: () => undefined, writeOut: print, writeErr: () => undefined })
      .configureHelp({
        sortSubcommands: false,
        subcommandTerm: (each) => [each.name(), each.usage().replace('[options] ', '')].join(' '),
      });
}

/** `--help` of `deploy` lists what another command does not know: whose option it is has to be said. */
function withOwner(error: CommanderError, command: Command): CommanderError {
  const [, flag = ''] = /^error: unknown option '([^'=]+)/.exec(error.message) ?? [];
  if (command.parent?.options.some(({ long, short }) => flag === long || flag === short) !== true) return error;
  const name = command.name();
  const message = `error: ${flag} is an option of the main job, and \`deploy ${name}\` has none of that name`;
  return new CommanderError(error.exitCode, error.code, `${message}\nleave it away, or the word ${name}`);
}

/** `deploy --json plan` means `deploy plan --json`; an option that the command does not have is refused, not dropped. */
function passOnOptions(program: Command, command: Command): void {
  for (const option of program.options) {
    const name = option.attributeName();
    if (program.getOptionValueSource(name) !== 'cli') continue;
    if (!command.options.some((own) => own.attributeName() === name))
      command.error(`error: unknown option '${option.long}' for \`deploy ${command.name()}\``);
    command.setOptionValueWithSource(name, program.getOptionValue(name), 'cli');
  }
}

const examples = `
Examples:
  deploy --profile esp32 model.h5 --calibration samples.npy --out build/model
  deploy plan --profile rp2040 model.tflite --calibration folder:photos --preprocess divideBy=255
  deploy inspect model.tflite
  deploy diff before.tflite after.tflite --profile esp32
  deploy evaluate model_int8.tflite -a model.h5 -e test.npz
  deploy explain DATA_SHAPE

Exit codes:
${usedExitCodes.map(([code, meaning]) => `  ${String(code).padStart(3)}  ${meaning}`).join('\n')}`;
