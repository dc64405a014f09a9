// The options that decide what a run does, from the command line over deploy.config.json to the defaults.
import { Option, type Command } from 'commander';
import type { DeploySettings } from '@wherry/pipeline';
import {
  arrayFormats,
  engineNames,
  ioTypes,
  layoutNames,
  portableRuntimes,
  rangeMethods,
  schemeNames,
  taskNames,
  type EngineName,
} from '@wherry/pipeline/tool';

export interface RunOptions extends DeploySettings {
  readonly config?: string;
  readonly engine: EngineName;
  readonly workers?: '0' | '1' | '2';
  readonly profiles?: string;
  readonly dump?: string;
  readonly report?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** `writes`: the command has an output folder; `dumps`: it can write what lies between two stages. */
export function addRunOptions(
  command: Command,
  { writes, dumps = true }: { readonly writes: boolean; readonly dumps?: boolean },
): Command {
  command
    .argument('[model]', 'Keras .keras/.h5/.hdf5 or .tflite; a quantized .tflite goes through as it is')
    .optionsGroup('The job:')
    .option('-p, --profile <id>', 'device profile; `deploy profiles` lists them; or the path of one, ./board.json')
    .option('--profiles <dir>', 'folder with more device profiles')
    .addOption(
      new Option(
        '--runtime <name>',
        'another runtime than the profile names: compiled-c makes C of the model, without an interpreter',
      ).choices([...portableRuntimes]),
    )
    .option(
      '-c, --calibration <data>',
      '[FORMAT:]PATH of representative samples, which schemes of integers need; options as PATH?key=value&key=value',
    );
  if (writes) command.option('-o, --out <dir>', 'folder for the output; it is replaced as a whole');
  command
    .option('-e, --evaluation <data>', 'samples to measure accuracy on; without it the calibration samples')
    .option(
      '--preprocess <key=value>',
      'declared preprocessing, e.g. divideBy=255 or resize=96x96 (repeatable)',
      collect,
    )
    .option(
      '--task <task>',
      `what an output is judged by where the graph does not tell: ${taskNames.join(', ')}; OUTPUT=TASK of several (repeatable)`,
      collect,
    )
    .option('--samples <n>', 'most samples taken of each data set, spread evenly (default 500)', wholeNumber);
  addQuantizationOptions(command);
  return addOutputOptions(command, { writes, dumps });
}

function addQuantizationOptions(command: Command): void {
  command
    .optionsGroup('Quantization:')
    .addOption(
      new Option(
        '--scheme <name>',
        'the numbers to compute in (default: the first of the profile that breaks no limit)',
      ).choices([...schemeNames]),
    )
    .addOption(
      new Option(
        '--method <name>',
        'how ranges are chosen (default auto: min-max, and what is shown to be better)',
      ).choices(['auto', ...rangeMethods]),
    )
    .option('--percentile <p>', 'share of values that the percentile method keeps (default 99.99)', decimalNumber)
    .option('--no-bias-correction', 'leave biases as they are')
    .option('--no-equalization', 'leave the channels between layers as they are')
    .addOption(
      new Option(
        '--rounding <name>',
        'of weights: each to the nearest, or together as they fit the samples (default auto: what is shown to be better)',
      ).choices(['auto', 'nearest', 'optimized']),
    )
    .option('--no-weight-clipping', 'let no scale cut off the largest weights')
    .option('--budget <time>', 'what choosing may cost, in time on a usual machine (default 20s): 0s tries nothing')
    .option('--compact-matrices', 'one scale for all of a matrix with short rows: a smaller file, less accurate')
    .addOption(
      new Option(
        '--input-type <type>',
        'type of the model inputs (default: what the profile says, where the scheme can give it)',
      ).choices([...ioTypes]),
    )
    .addOption(
      new Option(
        '--output-type <type>',
        'type of the model outputs (default: what the profile says, where the scheme can give it)',
      ).choices([...ioTypes]),
    )
    .addOption(new Option('--engine <name>', 'what runs the float model').choices([...engineNames]).default('wasm'))
    .addOption(
      new Option(
        '--workers <n>',
        'threads that run a large model; the output is the same for any number (default: as many as are worth it)',
      ).choices(['0', '1', '2']),
    );
}

function addOutputOptions(
  command: Command,
  { writes, dumps }: { readonly writes: boolean; readonly dumps: boolean },
): Command {
  command
    .optionsGroup('Output:')
    .option('--labels <names>', 'class names in order, separated by commas', (text: string) =>
      text.split(',').map((name) => name.trim()),
    )
    .option(
      '--name <name>',
      'what files, macros and functions are called after, for several models in one firmware (default model)',
    )
    .option('--symbol <name>', 'name of the C array (default g_ and the name)')
    .addOption(
      new Option(
        '--layout <name>',
        'put the C files where a build system looks for them: a library with build files and an example',
      ).choices([...layoutNames]),
    )
    .addOption(
      new Option(
        '--array-format <name>',
        'how the C file has the model: numbers, a string, or copied by the assembler (default: what the profile says)',
      ).choices([...arrayFormats]),
    )
    .option(
      '--license <spdx>',
      'licence of the model, for the C files and metadata, such as MIT (default: none is named)',
    );
  if (writes)
    command.option(
      '--report <file>',
      'also write all that was found as one HTML page, of a refused run too: report.html',
    );
  if (dumps) command.option('--dump <dir>', 'also write every intermediate value into this folder');
  return command
    .option('--json', 'one JSON document on stdout, progress as JSON lines on stderr')
    .option('-q, --quiet', 'no progress')
    .optionsGroup('Other:')
    .option(
      '--config <file>',
      'JSON file with these in camel case, but for dump, engine, json, profiles, quiet, report and workers (default: deploy.config.json if it is there)',
    );
}

/** Throws the CONFIG_ errors, and MODEL_UNREADABLE where there is nothing: all else that is asked for would be in vain. */
export async function readSettings(
  model: string | undefined,
  options: RunOptions,
  command: Command,
): Promise<DeploySettings> {
  const { readDeployConfig, requireModelThere } = await import('@wherry/pipeline');
  const config = await readDeployConfig(options.config, model);
  // Commander turns `--no-x` into x: true when nothing was said; only what was said may override the file.
  const said = Object.fromEntries(
    Object.entries(options).filter(([name]) => command.getOptionValueSource(name) === 'cli'),
  ) as RunOptions;
  // The percentile of the file goes with the method of the file.
  const { percentile, ...others } = config;
  const rest = said.method === undefined || percentile === undefined ? config : others;
  const settings = { ...rest, ...said };
  if (typeof settings.model === 'string' && settings.model !== '') await requireModelThere(settings.model);
  return settings;
}

function collect(value: string, previous: readonly string[] | undefined): readonly string[] {
  return [...(previous ?? []), value];
}

/** What is no number stays the word it is: the check of the settings shows it and says what it wants. */
function wholeNumber(text: string): number | string {
  return /^\d+$/.test(text) ? Number(text) : text;
}

function decimalNumber(text: string): number | string {
  return /^\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}
