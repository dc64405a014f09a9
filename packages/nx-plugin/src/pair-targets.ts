// The targets of one pair of model and device: a step each.
import { join, relative, sep } from 'node:path';
import type { TargetConfiguration } from '@nx/devkit';
import { commandWord } from './command-word.js';
import { filesetOf } from './filesets.js';
import type { PluginOptions } from './plugin-options.js';
import type { WorkspacePair } from './read-pairs.js';

export type Inputs = NonNullable<TargetConfiguration['inputs']>;

export interface PairPlace {
  /** Of the workspace. */
  readonly root: string;
  /** The deploy.config.json, and its folder, from the root. */
  readonly file: string;
  readonly folder: string;
  readonly options: PluginOptions;
  /** What tells one version of the tool from another. */
  readonly tool: Inputs;
}

export interface PairTarget {
  readonly name: string;
  /** The target of all models on that device, and that of all devices. */
  readonly partOf: readonly [string, string];
  readonly target: TargetConfiguration;
}

/** Throws CONFIG_INVALID for a name that no command line can hold. */
export function pairTargets(pair: WorkspacePair, place: PairPlace): readonly PairTarget[] {
  const { model, profile, device, standIn } = pair;
  const { file, folder, options } = place;
  const from = (path: string): string => relative(folder, path).split(sep).join('/');
  const word = (text: string): string => commandWord(text, file);
  const own = options.profiles === undefined ? [] : ['--profiles', word(from(options.profiles))];
  const words = [word(model), '-p', word(profile), ...own];
  const outputs = `dist/${device}/${model}`;
  const baseline = filesetOf(place.root, join(folder, 'baselines', device, `${model}.json`).split(sep).join('/'));
  const step = (
    [kind, ...tier]: readonly [string, string?],
    command: readonly string[],
    does: string,
    more: Pick<TargetConfiguration, 'inputs' | 'outputs'>,
  ): PairTarget => ({
    name: [kind, device, ...tier, model].join('--'),
    partOf: [[kind, device, ...tier].join('--'), [kind, ...tier].join('--')],
    target: {
      command: ['deploy', ...command].join(' '),
      options: { cwd: folder },
      cache: pair.hidden === undefined,
      inputs: [...pair.filesets, ...place.tool, ...(more.inputs ?? [])],
      outputs: more.outputs ?? [],
      metadata: {
        technologies: ['wherry'],
        description: `${does}${pair.hidden === undefined ? '' : `. Never cached: ${pair.hidden}`}`,
      },
    },
  });
  const test = (tier: string, ...more: readonly string[]): readonly string[] => [
    'test',
    ...words,
    '--tier',
    tier,
    ...more,
  ];
  const onDevice = step(
    ['regress', 'hw'],
    test('hw', '--port', word(options.ports?.[device] ?? 'auto')),
    `Holds ${model} on a ${device} to its baseline`,
    {},
  );
  return [
    step(['quantize'], ['plan', ...words], `Says what becomes of ${model} on ${device}`, {}),
    step(['export'], [...words, '-o', outputs], `Writes ${model} for ${device}`, {
      outputs: [`{projectRoot}/${outputs}`],
    }),
    step(['regress', 'host'], test('host'), `Holds ${model} for ${device} to its baseline`, { inputs: [baseline] }),
    ...(standIn === undefined
      ? []
      : [
          step(['regress', 'emu'], test('emu'), `Holds ${model} on ${standIn.name} to its baseline`, {
            inputs: [baseline, ...toolsOf(standIn)],
          }),
        ]),
    // What a device does is no function of files, and two tasks at one port would answer each other.
    { ...onDevice, target: { ...onDevice.target, cache: false, parallelism: false } },
  ];
}

/** What builds and runs an emulated board. One that is not there says so when it is to run, and not before. */
function toolsOf({ compiler, emulator }: NonNullable<WorkspacePair['standIn']>): Inputs {
  // An emulator that Node runs is a part of the tool.
  const programs = [compiler, emulator].filter((program) => program !== process.execPath);
  return programs.map((program) => ({ runtime: `${program} --version || echo none` }));
}
