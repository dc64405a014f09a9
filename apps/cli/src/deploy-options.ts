// The options that decide what a run does, from the command line over deploy.config.json to the defaults.
import { Option, type Command } from 'commander';
import { engineNames, readDeployConfig, requestOf, type DeployRequest, type DeploySettings, type EngineName } from '@wherry/pipeline';

export interface RunOptions extends DeploySettings {
  readonly config?: string;
  readonly engine: EngineName;
  readonly out?: string;
  readonly dump?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

export function addRunOptions(command: Command): Command {
  return command
    .argument('[model]', 'Keras .h5/.hdf5 or .tflite with float weights')
    .option('-p, --profile <id>', 'device profile: `deploy profiles` lists them')
    .option('-c, --calibration <data>', '[FORMAT:]PATH of representative samples; options as PATH?key=value&key=value')
    .option('-e, --evaluation <data>', 'samples to measure accuracy on; the calibration samples when left out')
    .option('--preprocess <key=value>', 'declared preprocessing, e.g. divideBy=255 or resize=96x96 (repeatable)', collect)
    .option('--samples <n>', 'most samples taken of each data set, spread evenly (default 500)', wholeNumber)
    .addOption(new Option('--method <name>', 'how ranges are chosen').choices(['auto', 'min-max', 'moving-average', 'percentile', 'mse']))
    .option('--percentile <p>', 'share of values that the percentile method keeps (default 99.99)', Number)
    .option('--no-bias-correction', 'leave biases as they are')
    .addOption(new Option('--input-type <type>', 'type of the model inputs').choices(['int8', 'float32']))
    .addOption(new Option('--output-type <type>', 'type of the model outputs').choices(['int8', 'float32']))
    .option('--labels <names>', 'class names in order, separated by commas', (text: string) => text.split(','))
    .option('--symbol <name>', 'name of the C array (default g_model)')
    .option('--config <file>', 'JSON file with any of these (default deploy.config.json where there is one)')
    .addOption(new Option('--engine <name>', 'what runs the float model').choices([...engineNames]).default('wasm'))
    .option('--dump <dir>', 'write every intermediate value into this folder')
    .option('--json', 'one JSON document on stdout')
    .option('-q, --quiet', 'no progress');
}

/** Throws CONFIG_* and REQUEST_* errors for what is missing or wrong. */
export async function readRequest(model: string | undefined, options: RunOptions, command: Command): Promise<{ readonly request: DeployRequest; readonly out: string | undefined }> {
  const config = await readDeployConfig(options.config);
  // Commander turns `--no-x` into x: true when nothing was said; only what was said may override the file.
  const said = Object.fromEntries(Object.entries(options).filter(([name]) => command.getOptionValueSource(name) === 'cli')) as RunOptions;
  const settings = { ...config, ...said, ...(model === undefined ? {} : { model }) };
  return { request: requestOf(settings), out: settings.out };
}

function collect(value: string, previous: readonly string[] | undefined): readonly string[] {
  return [...(previous ?? []), value];
}

function wholeNumber(text: string): number {
  return /^\d+$/.test(text) ? Number(text) : NaN;
}
