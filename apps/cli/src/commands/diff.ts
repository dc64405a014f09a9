// `deploy diff A B`: what is different between two models, and what that comes to on a device.
import { exitCodes, WherryError } from '@wherry/graph';
import type { DiffRequest } from '@wherry/pipeline';
import { engineNames, pipelineDiagnostics, type EngineName } from '@wherry/pipeline/tool';
import { Command, Option } from 'commander';
import type { Interruption } from '../terminal/interruption.js';
import { positiveNumber } from '../terminal/positive-number.js';
import { print } from '../terminal/print.js';
import { remarksOn } from '../terminal/standard-streams.js';

interface DiffOptions {
  readonly profile?: string;
  readonly profiles?: string;
  readonly calibration?: string;
  readonly preprocess?: readonly string[];
  readonly samples?: number;
  readonly labels?: readonly string[];
  readonly engine?: EngineName;
  readonly exitCode?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

export function diffCommand(interruption: Interruption): Command {
  return new Command('diff')
    .description('compare two .tflite files or output folders: what changed, and what it means for the device')
    .argument('<model>', 'a .tflite file, or an output folder of deploy')
    .argument('<other-model>', 'the same, to compare it with')
    .option('-p, --profile <id>', 'device profile, to estimate the arena and to hold both against its kernels')
    .option('--profiles <dir>', 'folder with more device profiles')
    .option('-c, --calibration <data>', '[FORMAT:]PATH of samples that both are run on; options as PATH?key=value')
    .option('--preprocess <key=value>', 'declared preprocessing of the samples (repeatable)', collect)
    .option('--samples <n>', 'most samples taken, spread evenly (default 500)', positiveNumber)
    .option('--labels <names>', 'class names in order, separated by commas', (text: string) =>
      text.split(',').map((name) => name.trim()),
    )
    .addOption(new Option('--engine <name>', 'what runs float models (default wasm)').choices([...engineNames]))
    .option(
      '--exit-code',
      'exit with 6 where the graphs, their memory plans or the exported files differ, or may differ',
    )
    .option('--json', 'one JSON document on stdout, progress as JSON lines on stderr')
    .option('-q, --quiet', 'no progress')
    .addHelpText('after', '\nExits with 0 whatever the differences, unless --exit-code is given.')
    .action(async (a: string, b: string, options: DiffOptions) => {
      refuseUnused(options);
      const { diffModels, diffText } = await import('@wherry/pipeline');
      const { progressDisplay, progressStyle } = await import('../terminal/progress-display.js');
      const { reportStyle, wantsColor } = await import('../terminal/style.js');
      const request = await requestOf(a, b, options, interruption);
      const remarks = remarksOn(process.stderr);
      const style = progressStyle({
        json: options.json === true,
        quiet: options.quiet === true,
        isTerminal: process.stderr.isTTY === true,
      });
      const progress = progressDisplay(
        { write: (text) => remarks.write(text), columns: process.stderr.columns },
        style,
      );
      const difference = await diffModels(request, progress);
      if (options.exitCode === true && difference.differs) process.exitCode = exitCodes.regression;
      await print(options, difference, () =>
        diffText(difference, reportStyle(wantsColor(process.stdout, process.env))),
      );
    });
}

async function requestOf(a: string, b: string, options: DiffOptions, { signal }: Interruption): Promise<DiffRequest> {
  const { deployHost, readProfiles } = await import('@wherry/pipeline');
  const { findProfile, withRuntime } = await import('@wherry/profiles');
  const { profile, calibration, preprocess, samples, labels, engine } = options;
  const found = profile === undefined ? undefined : await readProfiles(profile, options.profiles);
  const target = found === undefined ? undefined : findProfile(found.library, found.id);
  const isFirmware = target?.profile.export.layout === 'firmware';
  return {
    a,
    b,
    target,
    codeTarget: isFirmware ? withRuntime(found!.library, target, 'compiled-c') : undefined,
    outputs:
      calibration === undefined
        ? undefined
        : { data: calibration, preprocess, samples, labels, engine: () => deployHost(engine).engine(), signal },
  };
}

/** Without the option that makes use of them. */
function refuseUnused(options: DiffOptions): void {
  const ofSamples = (['preprocess', 'samples', 'labels', 'engine'] as const).find(
    (name) => options[name] !== undefined,
  );
  const [unused, needed] =
    options.calibration === undefined && ofSamples !== undefined
      ? [ofSamples, '--calibration DATA']
      : options.profile === undefined && options.profiles !== undefined
        ? ['profiles', '--profile ID']
        : [];
  if (unused === undefined) return;
  throw new WherryError(pipelineDiagnostics.SETTING_UNUSED, {
    what: `--${unused} is given, and nothing makes use of it`,
    next: `add ${needed}, or leave --${unused} away`,
  });
}

function collect(value: string, previous: readonly string[] | undefined): readonly string[] {
  return [...(previous ?? []), value];
}
