// The command line: every command, its arguments and options, and what each of them calls.
import { Command } from 'commander';
import { toolVersion } from '@wherry/pipeline';
import { deployCommand } from './commands/deploy.js';
import { doctorCommand } from './commands/doctor.js';
import { explainCommand } from './commands/explain.js';
import { inspectCommand } from './commands/inspect.js';
import { planCommand } from './commands/plan.js';
import { profilesCommand } from './commands/profiles.js';

/** `deploy MODEL` is the main job; the words below are commands of their own. */
export function createProgram(): Command {
  const program = new Command('deploy')
    .description('Brings a trained network onto a device: a float model in, a proven int8 .tflite and C files out.')
    .version(toolVersion, '-V, --version')
    .exitOverride()
    .showSuggestionAfterError()
    .configureHelp({ sortSubcommands: false })
    .addHelpText('after', examples);
  for (const command of [deployCommand(), planCommand(), inspectCommand(), profilesCommand(), explainCommand(), doctorCommand()]) {
    program.addCommand(command.exitOverride().showSuggestionAfterError(), { isDefault: command.name() === 'model' , hidden: command.name() === 'model' });
  }
  return program;
}

const examples = `
The main job:
  deploy [MODEL] --profile ID --calibration [FORMAT:]PATH --out DIR     all options: deploy model --help

Examples:
  deploy --profile esp32 model.h5 --calibration samples.npy --out build
  deploy plan --profile rp2040 model.tflite --calibration folder:photos --preprocess divideBy=255
  deploy inspect model.tflite
  deploy explain DATA_SHAPE

Exit codes: 0 ok, 1 bug, 2 usage, 3 model rejected, 4 unsupported on this profile, 5 does not fit, 6 accuracy,
11 environment, 130 interrupted.`;
