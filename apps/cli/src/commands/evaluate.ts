// `deploy evaluate MODEL`: how right a model is, by itself, beside another one, or as it was recorded on a device.
import { exitCodes, WherryError } from '@wherry/graph';
import { engineNames, pipelineDiagnostics, taskNames, type EngineName } from '@wherry/pipeline/tool';
import { Command, Option } from 'commander';
import type { Interruption } from '../terminal/interruption.js';
import { positiveNumber } from '../terminal/positive-number.js';
import { print } from '../terminal/print.js';
import { remarksOn } from '../terminal/standard-streams.js';

interface EvaluateOptions {
  readonly evaluation?: string;
  readonly against?: string;
  readonly outputs?: readonly string[];
  readonly task?: readonly string[];
  readonly preprocess?: readonly string[];
  readonly samples?: number;
  readonly labels?: readonly string[];
  readonly engine?: EngineName;
  readonly exitCode?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

export function evaluateCommand(interruption: Interruption): Command {
  return new Command('evaluate')
    .description('judge a model by labelled samples, beside another model, or by outputs that a device gave')
    .argument('<model>', 'Keras .keras/.h5/.hdf5 or .tflite, float or quantized; no profile is needed')
    .option('-e, --evaluation <data>', '[FORMAT:]PATH of the samples, best with labels; options as PATH?key=value')
    .option('-a, --against <other-model>', 'another model, to compare with on the same samples')
    .option(
      '--outputs <data>',
      '[FORMAT:]PATH of outputs that were recorded elsewhere, a row for each sample: integers are read with the scale of MODEL; OUTPUT=PATH of several (repeatable)',
      collect,
    )
    .option(
      '--task <task>',
      `what an output is judged by where the graph does not tell: ${taskNames.join(', ')}; OUTPUT=TASK of several (repeatable)`,
      collect,
    )
    .option('--preprocess <key=value>', 'declared preprocessing of the samples (repeatable)', collect)
    .option('--samples <n>', 'most samples taken, spread evenly (default: all)', positiveNumber)
    .option('--labels <names>', 'class names in order, separated by commas', (text: string) =>
      text.split(',').map((name) => name.trim()),
    )
    .addOption(new Option('--engine <name>', 'what runs float models (default wasm)').choices([...engineNames]))
    .option('--exit-code', 'exit with 6 where any difference is a loss beyond chance')
    .option('--json', 'one JSON document on stdout, progress as JSON lines on stderr')
    .option('-q, --quiet', 'no progress')
    .addHelpText('after', '\nExits with 0 whatever the figures, unless --exit-code is given.')
    .action((model: string, options: EvaluateOptions) => evaluate(model, options, interruption));
}

async function evaluate(model: string, options: EvaluateOptions, { signal }: Interruption): Promise<void> {
  const data = requireData(options);
  refuseUnused(options);
  const { deployHost, evaluateModel, evaluationText, parsePreprocessing } = await import('@wherry/pipeline');
  const { progressDisplay, progressStyle } = await import('../terminal/progress-display.js');
  const { reportStyle, wantsColor } = await import('../terminal/style.js');
  const { against, outputs, task, preprocess, samples, labels, engine } = options;
  const remarks = remarksOn(process.stderr);
  const style = progressStyle({
    json: options.json === true,
    quiet: options.quiet === true,
    isTerminal: process.stderr.isTTY === true,
  });
  const progress = progressDisplay({ write: (text) => remarks.write(text), columns: process.stderr.columns }, style);
  const preprocessing = preprocess === undefined ? undefined : parsePreprocessing(preprocess);
  const request = { model, against, evaluation: data, outputs, task, preprocessing, samples, labels };
  const host = deployHost(engine, { signal });
  try {
    const evaluation = await evaluateModel(request, { engine: () => host.engine(), signal }, progress);
    if (options.exitCode === true && evaluation.lossBeyondChance) process.exitCode = exitCodes.regression;
    await print(options, evaluation, () =>
      evaluationText(evaluation, reportStyle(wantsColor(process.stdout, process.env))),
    );
  } catch (error) {
    // The cursor may stand in a half drawn bar.
    if (style === 'bar') progress.end();
    throw error;
  }
}

function requireData({ evaluation }: EvaluateOptions): string {
  if (evaluation !== undefined) return evaluation;
  throw new WherryError(pipelineDiagnostics.REQUEST_INCOMPLETE, {
    what: 'the samples to evaluate on are missing',
    next: 'add --evaluation [FORMAT:]PATH. `deploy evaluate --help` shows the rest',
  });
}

/** Without another model or recorded outputs there is no difference. */
function refuseUnused({ exitCode, against, outputs }: EvaluateOptions): void {
  if (exitCode !== true || against !== undefined || outputs !== undefined) return;
  throw new WherryError(pipelineDiagnostics.SETTING_UNUSED, {
    what: '--exit-code is given, and there is nothing that the model could be worse than',
    next: 'add --against MODEL or --outputs FILE, or leave --exit-code away',
  });
}

function collect(value: string, previous: readonly string[] | undefined): readonly string[] {
  return [...(previous ?? []), value];
}
