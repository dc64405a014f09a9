// The targets of one pair of model and device: a step each.
import { relative, sep } from 'node:path';
import type { TargetConfiguration } from '@nx/devkit';
import { commandWord } from './command-word.js';
import { portOf } from './device-ports.js';
import type { PluginOptions } from './plugin-options.js';
import type { Reads, WorkspacePair } from './read-pairs.js';

export type Inputs = NonNullable<TargetConfiguration['inputs']>;

/** What tells one version of the tool from another. */
export interface Tool {
  readonly inputs: Inputs;
  /** Why an outcome must not be kept: nothing does. */
  readonly hidden: string | undefined;
}

export interface PairPlace {
  /** The deploy.config.json, and its folder, from the root. */
  readonly file: string;
  readonly folder: string;
  readonly options: PluginOptions;
  readonly tool: Tool;
}

export interface PairTarget {
  readonly name: string;
  /** The target of all models on that device, and that of all devices. */
  readonly partOf: readonly [string, string];
  readonly target: TargetConfiguration;
}

/** Throws CONFIG_INVALID for a name that no command line can hold. */
export function pairTargets(pair: WorkspacePair, place: PairPlace): readonly PairTarget[] {
  const { model, isNamed, profile, device, standIn, reads, baseline } = pair;
  const { file, folder, options } = place;
  const word = (text: string): string => commandWord(text, file);
  const own = options.profiles === undefined ? [] : ['--profiles', word(pathFrom(folder, options.profiles))];
  const words = [...(isNamed ? [word(model)] : []), '-p', word(profile), ...own];
  const outputs = `dist/${device}/${model}`;
  const step = (
    [kind, ...tier]: readonly [string, string?],
    command: readonly string[],
    does: string,
    more: {
      readonly baseline?: Reads;
      readonly programs?: Inputs;
      readonly outputs?: readonly string[];
      /** A word for the configuration `ci`. */
      readonly inCi?: string;
    },
  ): PairTarget => {
    const hidden = reads.hidden ?? more.baseline?.hidden ?? place.tool.hidden;
    return {
      name: [kind, device, ...tier, model].join('--'),
      partOf: [[kind, device, ...tier].join('--'), [kind, ...tier].join('--')],
      target: {
        ...commandOf(command, more.inCi),
        options: { cwd: folder },
        cache: hidden === undefined,
        inputs: [...reads.filesets, ...place.tool.inputs, ...(more.baseline?.filesets ?? []), ...(more.programs ?? [])],
        outputs: [...(more.outputs ?? [])],
        metadata: {
          technologies: ['wherry'],
          description: `${does}${hidden === undefined ? '' : `. Never cached: ${hidden}`}`,
        },
      },
    };
  };
  const test = (...tier: readonly string[]): readonly string[] => ['test', ...words, '--tier', ...tier];
  const onDevice = step(
    ['regress', 'hw'],
    test('hw', '--port', word(portOf(pair, options.ports))),
    `Holds ${model} on a ${device} to its baseline`,
    {},
  );
  return [
    step(['quantize'], ['plan', ...words], `Says what becomes of ${model} on ${device}`, {}),
    step(['export'], [...words, '-o', outputs], `Writes ${model} for ${device}`, {
      outputs: [`{projectRoot}/${outputs}`],
    }),
    step(['regress', 'host'], test('host'), `Holds ${model} for ${device} to its baseline`, { baseline }),
    ...(standIn === undefined
      ? []
      : [
          step(['regress', 'emu'], test('emu'), `Holds ${model} on ${standIn.name} to its baseline`, {
            baseline,
            programs: toolsOf(standIn),
            inCi: '--fail-on-new-series',
          }),
        ]),
    // What a device does is no function of files, and two tasks at one port would answer each other.
    { ...onDevice, target: { ...onDevice.target, cache: false, parallelism: false } },
  ];
}

/** `inCi`: a word more with `--configuration ci`, where nobody looks on. */
function commandOf(words: readonly string[], inCi: string | undefined): TargetConfiguration {
  const command = ['deploy', ...words].join(' ');
  return { command, ...(inCi === undefined ? {} : { configurations: { ci: { command: `${command} ${inCi}` } } }) };
}

/** Looks for what is left of pairs that the project has no more. Quick, and never kept: no pair of its says what lies there. */
export function obsoleteTarget({ file, folder, options }: Omit<PairPlace, 'tool'>): TargetConfiguration {
  const own =
    options.profiles === undefined ? [] : ['--profiles', commandWord(pathFrom(folder, options.profiles), file)];
  return {
    command: ['deploy', 'test', '--only-obsolete', ...own].join(' '),
    options: { cwd: folder },
    cache: false,
    metadata: {
      technologies: ['wherry'],
      description: 'Fails where a baseline lies that nothing of the project is compared with',
    },
  };
}

function pathFrom(folder: string, path: string): string {
  return relative(folder, path).split(sep).join('/');
}

/** What builds and runs an emulated board. One that is not there says so when it is to run, and not before. */
function toolsOf({ compiler, emulator }: NonNullable<WorkspacePair['standIn']>): Inputs {
  // An emulator that Node runs is a part of the tool.
  const programs = [compiler, emulator].filter((program) => program !== process.execPath);
  const lines = [
    ...programs.map((program) => `${program} --version`),
    // Packages of their own: instructions that are counted are theirs as well.
    `cksum < "$(${compiler} -print-file-name=libc.a)"`,
    `"$(${compiler} -print-prog-name=ld)" --version`,
  ];
  return lines.map((line) => ({ runtime: `${line} || echo none` }));
}
