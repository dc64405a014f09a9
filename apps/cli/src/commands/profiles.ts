// `deploy profiles [ID]`: the devices there are, or one of them whole; `deploy profiles check FILE` judges a file of one's own.
import { counted, WherryError } from '@wherry/graph';
import { pipelineDiagnostics, table } from '@wherry/pipeline/tool';
import type { DeviceProfile, IoType, SchemeLimits as Limits } from '@wherry/profiles';
import { Command } from 'commander';
import { print, type PrintOptions } from '../terminal/print.js';

type Options = PrintOptions & { readonly profiles?: string };

export function profilesCommand(): Command {
  return new Command('profiles')
    .description('list the device profiles, show one, or check a file of your own')
    .usage('[ID | check FILE] [options]')
    .argument('[id|check]', 'id, alias or path; or the word check')
    .argument('[file]', 'a device profile or kernel table to check')
    .option('--profiles <dir>', 'folder with more device profiles')
    .option('--json', 'one JSON document on stdout')
    .action(async (name: string | undefined, file: string | undefined, options: Options) => {
      if (name === 'check' || file !== undefined) await check(name, file, options);
      else await show(name, options);
    });
}

async function show(name: string | undefined, options: Options): Promise<void> {
  const { readProfiles } = await import('@wherry/pipeline');
  const { availableBytes, ends, findProfile, limitsOfScheme, profileEnd } = await import('@wherry/profiles');
  const { library, id } = await readProfiles(name ?? '', options.profiles);
  if (name !== undefined) {
    const target = findProfile(library, id);
    const { profile } = target;
    const ofScheme = ends.map((end) => profile.schemes.map(({ scheme }) => profileEnd(target, end, scheme).type));
    const limits = profile.schemes.map((_, at) => limitsOfScheme(profile.schemes, at));
    await print(options, { schemaVersion: 1, ok: true, profile }, () =>
      [...profileLines(profile, { ofScheme, limits }), '', JSON.stringify(profile, null, 2)].join('\n'),
    );
    return;
  }
  const profiles = [...library.targets.values()].map(({ profile }) => profile);
  await print(options, { schemaVersion: 1, ok: true, profiles }, () => listOf(profiles, availableBytes));
}

/** For each scheme: the types at both ends, and the limits that it is held to. */
interface ProfileFacts {
  readonly ofScheme: readonly (readonly IoType[])[];
  readonly limits: readonly Limits[];
}

/** What decides most, in words; the profile itself follows whole. */
function profileLines(
  { schemes, export: exported, refuses }: DeviceProfile,
  { ofScheme, limits }: ProfileFacts,
): readonly string[] {
  if (refuses !== undefined) return [`refused   ${refuses.what}; ${refuses.next}`];
  const written =
    exported.layout === 'firmware'
      ? `firmware: the .tflite and C files, the array as ${exported.arrayFormat}`
      : `file: the .tflite${exported.example === undefined ? '' : ` and an example (${exported.example})`}`;
  return [
    `layout    ${written}`,
    ...endLines(schemes, ofScheme),
    ...schemes.map(
      ({ scheme, compactMatrices }, at) =>
        `${at === 0 ? 'schemes   ' : '     then '}${scheme}${limitText(limits[at]!)}${compactMatrices === true ? '; compact matrices' : ''}`,
    ),
  ];
}

/** Types of inputs and outputs that each scheme gives; said once where all give the same. */
function endLines(
  schemes: DeviceProfile['schemes'],
  [inputs = [], outputs = []]: readonly (readonly IoType[])[],
): readonly string[] {
  const types = schemes.map((_, at) => `inputs ${inputs[at]}, outputs ${outputs[at]}`);
  const kinds = [...new Set(types)];
  const lines = kinds.map((each) => {
    const those = schemes.filter((_, at) => types[at] === each).map(({ scheme }) => scheme);
    return kinds.length === 1 ? each : `${each} with ${those.join(' and ')}`;
  });
  return lines.map((line, at) =>
    [
      at === 0 ? 'ends      ' : '          ',
      line,
      at === lines.length - 1 ? ', unless --input-type and --output-type say otherwise' : ';',
    ].join(''),
  );
}

const limitWords: { readonly [L in keyof Limits]-?: (value: number) => string } = {
  accuracyDropPoints: (points) => `a loss of at most ${points} points of accuracy`,
  agreementPercent: (percent) => `at least ${percent} % of the decisions as the float model`,
  sqnrDb: (least) => `every output at ${least} dB or more`,
  arenaBytes: (bytes) => `an arena of at most ${bytes} bytes`,
};

function limitText(limits: Limits): string {
  const words = (Object.keys(limitWords) as (keyof Limits)[]).flatMap((name) => {
    const value = limits[name];
    return value === undefined ? [] : [limitWords[name](value)];
  });
  return words.length === 0 ? ', without a limit' : `, with ${words.join(' and ')}`;
}

async function check(word: string | undefined, file: string | undefined, options: Options): Promise<void> {
  if (word !== 'check' || file === undefined) {
    throw new WherryError(pipelineDiagnostics.ARGUMENTS_INVALID, {
      what: file === undefined ? 'no file is given that should be checked' : `"${file}" follows "${word}"`,
      where: 'the command line',
      next: '`deploy profiles ID` shows one profile, `deploy profiles check FILE` checks a file',
    });
  }
  const { checkProfileFile } = await import('@wherry/pipeline');
  const { kind, id, extends: bases, remarks } = await checkProfileFile(file, options.profiles);
  const document = { schemaVersion: 1, ok: true, kind, id, extends: bases, warnings: remarks };
  await print(options, document, () => {
    const what = kind === 'profile' ? 'device profile' : 'kernel table';
    const chain = bases.length === 0 ? '' : `, which extends ${bases.join(', which extends ')}`;
    const lines = remarks.flatMap((each) => ['', `at ${each.where}: ${each.what}`, `  next  ${each.next}`]);
    return [`${file} is a ${what} that can be used${chain}`, `${counted(remarks.length, 'warning')}`, ...lines].join(
      '\n',
    );
  });
}

function listOf(
  profiles: readonly DeviceProfile[],
  availableBytes: (region: DeviceProfile['memory']['flash']) => number,
): string {
  const rows = profiles.map(({ id, chip, runtime, memory, aliases }) => [
    id,
    sizeOf(availableBytes(memory.flash)),
    sizeOf(availableBytes(memory.ram)),
    `${runtime.name} ${runtime.from}`,
    aliases.join(', '),
    chip.replace(/ \(.*\)$/, ''),
  ]);
  const lines = table(['profile', 'flash', 'RAM', 'runtime', 'also called', 'chip'], rows, new Set([1, 2]));
  return [
    ...lines,
    '',
    'Flash and RAM are what a usual firmware leaves for a model; `deploy profiles ID` shows where each figure comes from.',
  ].join('\n');
}

function sizeOf(bytes: number): string {
  return bytes >= 2 ** 30 ? `${Math.floor(bytes / 2 ** 30)} GiB` : `${Math.floor(bytes / 1024)} KiB`;
}
