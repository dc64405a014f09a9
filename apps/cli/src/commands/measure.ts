// `deploy measure MODEL`: what a model costs on a device, and whether the device computes it as the reference does.
import { dialects, kernelChoices, type Dialect, type KernelChoice } from '@wherry/pipeline/tool';
import type { Measurement } from '@wherry/pipeline';
import { Command, Option } from 'commander';
import { leaveOutput, tellUnwritten } from '../leave-output.js';
import type { Interruption } from '../terminal/interruption.js';
import { positiveNumber, upToAnHour } from '../terminal/positive-number.js';
import { print } from '../terminal/print.js';
import { remarksOn } from '../terminal/standard-streams.js';

interface MeasureOptions {
  readonly profile?: string;
  readonly profiles?: string;
  readonly port?: string;
  readonly baud?: number;
  readonly wait?: number;
  readonly trace?: string;
  readonly replay?: string;
  readonly emulate?: boolean;
  readonly evaluation?: string;
  readonly preprocess?: readonly string[];
  readonly samples?: number;
  readonly against?: string;
  readonly parityOnly?: boolean;
  readonly kernels?: KernelChoice;
  readonly dialect?: Dialect;
  readonly out?: string;
  readonly report?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

export function measureCommand(interruption: Interruption): Command {
  return new Command('measure')
    .description('run a model on a device: what each layer costs, memory, and every layer bit for bit')
    .argument(
      '<model>',
      'an output folder of deploy, or a .tflite in the numbers of the device; it is measured exactly as it is',
    )
    .option('-p, --profile <id>', 'device profile (default: that of the output folder)')
    .option('--profiles <dir>', 'folder with more device profiles')
    .option('--port <where>', 'on the device at a port: auto, a path, tcp://HOST:PORT, rfc2217://HOST:PORT')
    .option('--baud <n>', 'speed of the port (default: that of the profile)', positiveNumber)
    .option('--wait <seconds>', 'how long the device may be silent, as while it starts (default 5)', upToAnHour)
    .addOption(
      new Option('--dialect <name>', 'what the device speaks: the agent, or the text of MLPerf Tiny').choices([
        ...dialects,
      ]),
    )
    .option('--emulate', 'on the emulated board that stands in for the device')
    .option('-e, --evaluation <data>', '[FORMAT:]PATH of samples to compare layers on (default: made-up inputs)')
    .option('--preprocess <key=value>', 'declared preprocessing of the samples (repeatable)', collect)
    .option('--samples <n>', 'inputs that layers are compared with (default 100)', positiveNumber)
    .option('-a, --against <other-model>', 'also hold the outputs against another model, mostly the float one')
    .option('--parity-only', 'compare layers, and measure no cost')
    .addOption(
      new Option(
        '--kernels <which>',
        'of an emulated board: those for its core, plain ones, or both, one held against the other (default optimized)',
      ).choices([...kernelChoices]),
    )
    .option('-o, --out <dir>', 'folder for measurement.json, layers.csv and trace.json (replaced as a whole)')
    .option('--report <file>', 'also write what was measured as one HTML page: report.html')
    .option('--trace <file>', 'write down everything that goes over the line')
    .option('--replay <file>', 'what --trace wrote, in place of a device')
    .option('--json', 'one JSON document on stdout, progress as JSON lines on stderr')
    .option('-q, --quiet', 'no progress')
    .addHelpText('after', '\nExits with 6 where any layer differs from the reference.')
    .action((model: string, options: MeasureOptions) => measure(model, options, interruption));
}

async function measure(model: string, options: MeasureOptions, interruption: Interruption): Promise<void> {
  const { deployHost, measureModel, measurementText, parsePreprocessing, requireOwnDirectory, requireOwnPage } =
    await import('@wherry/pipeline');
  const { progressDisplay, progressStyle } = await import('../terminal/progress-display.js');
  const { reportStyle, wantsColor } = await import('../terminal/style.js');
  const remarks = remarksOn(process.stderr);
  const style = progressStyle({
    json: options.json === true,
    quiet: options.quiet === true,
    isTerminal: process.stderr.isTTY === true,
  });
  const progress = progressDisplay({ write: (text) => remarks.write(text), columns: process.stderr.columns }, style);
  const {
    profile,
    profiles,
    emulate = false,
    port,
    baud,
    wait,
    trace,
    replay,
    evaluation,
    preprocess,
    samples,
  } = options;
  const { against, parityOnly, kernels, dialect } = options;
  const preprocessing = preprocess === undefined ? undefined : parsePreprocessing(preprocess);
  const { signal } = interruption;
  const { out, report: page } = options;
  if (page !== undefined) await requireOwnPage(page, { out });
  if (out !== undefined) await requireOwnDirectory(out, 'files.json');
  const waitMs = wait === undefined ? undefined : 1000 * wait;
  const where = { emulate, port, baud, waitMs, trace, replay };
  const request = { model, profile, profiles, ...where, data: evaluation, preprocessing, samples };
  const host = deployHost(undefined, { signal });
  const traced = (path: string): void => interruption.stays(`the trace so far in ${path}`);
  try {
    const measurement = await measureModel(
      { ...request, against, parityOnly, kernels, dialect },
      { engine: () => host.engine(), signal, unwritten: tellUnwritten, traced },
      progress,
    );
    if (measurement.exitCode !== undefined) process.exitCode = measurement.exitCode;
    await leaveFiles(measurement, options, interruption);
    await print(options, measurement, () =>
      measurementText(measurement, reportStyle(wantsColor(process.stdout, process.env))),
    );
  } catch (error) {
    // The cursor may stand in a half drawn bar.
    if (style === 'bar') progress.end();
    throw error;
  }
}

async function leaveFiles(
  measurement: Measurement,
  { out, report }: Pick<MeasureOptions, 'out' | 'report'>,
  interruption: Interruption,
): Promise<void> {
  const { pageOfMeasurement, writeMeasurement } = await import('@wherry/pipeline');
  const { leavePage } = await import('../leave-page.js');
  const { signal } = interruption;
  if (out !== undefined)
    await leaveOutput(`the measurement in ${out}`, () => writeMeasurement(out, measurement, signal), interruption);
  if (report !== undefined) await leavePage(report, () => pageOfMeasurement(measurement), interruption);
}

function collect(value: string, previous: readonly string[] | undefined): readonly string[] {
  return [...(previous ?? []), value];
}
