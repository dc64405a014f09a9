// What the value of an option or argument can be: by its choices, or by the word that stands for it in the help.
import { taskNames } from '@wherry/pipeline/tool';
import { Option, type Argument } from 'commander';

export interface Candidate {
  readonly value: string;
  readonly about: string;
}

export interface Values {
  readonly candidates: readonly Candidate[];
  /** Names of files or folders can stand there as well; the shell knows them. */
  readonly paths?: 'files' | 'folders';
  /** What stands in front of the path in the value itself: `npy:`. */
  readonly behind?: string;
}

/** Lists that are looked up only where they are asked for. */
export interface ValueSources {
  /** With those of the folder that `--profiles` names. */
  readonly profiles: (folder: string | undefined) => Promise<readonly Candidate[]>;
  readonly codes: () => Promise<readonly Candidate[]>;
  readonly formats: () => Promise<readonly Candidate[]>;
  readonly preprocessing: () => Promise<readonly Candidate[]>;
  /** Of the project in the current folder. */
  readonly models: () => Promise<readonly Candidate[]>;
}

/** What else is known where a value is asked for. */
interface Asked {
  readonly commands: () => readonly Candidate[];
  readonly profiles: string | undefined;
}

type Kind = (text: string, sources: ValueSources, asked: Asked) => Partial<Values> | Promise<Partial<Values>>;

const free: Kind = () => ({});
const files: Kind = () => ({ paths: 'files' });

const augmentations: readonly Candidate[] = [
  { value: 'flip', about: 'left and right of a picture' },
  { value: 'shift=', about: 'by as many places at most' },
  { value: 'noise=', about: 'as a share of the deviation' },
  { value: 'gain=', about: 'as a share' },
];

/** By the word in angle or square brackets. */
const kinds: ReadonlyMap<string, Kind> = new Map([
  ['model', files],
  ['models', async (_, { models }) => ({ candidates: await models() })],
  ['other-model', files],
  ['where', () => ({ candidates: [{ value: 'auto', about: 'found by its USB ids' }], paths: 'files' })],
  ['file', files],
  ['dir', () => ({ paths: 'folders' })],
  ['data', dataSource],
  ['id', async (_, { profiles }, asked) => ({ candidates: await profiles(asked.profiles), paths: 'files' })],
  [
    'id|check',
    async (_, { profiles }, asked) => ({
      candidates: [{ value: 'check', about: 'judge a file of your own' }, ...(await profiles(asked.profiles))],
      paths: 'files',
    }),
  ],
  ['key=value', async (_, { preprocessing }) => ({ candidates: await preprocessing() })],
  ['task', () => ({ candidates: taskNames.map((value) => ({ value, about: '' })) })],
  ['code', async (_, { codes }) => ({ candidates: await codes() })],
  ['command', (_, __, { commands }) => ({ candidates: commands() })],
  ['name', free],
  ['names', free],
  ['n', free],
  ['p', free],
  ['seconds', free],
  ['time', free],
  ['spdx', free],
  ['url', free],
  ['what', free],
  ['words', free],
  ['x', free],
  ['change', () => ({ candidates: augmentations })],
]);

/** The word that stands for the value. */
export function placeholderOf(taker: Option | Argument): string {
  return taker instanceof Option ? (/[<[]([^>\].]+)/.exec(taker.flags)?.[1] ?? '') : taker.name();
}

/** False for a word that nobody has said the meaning of: a test asks for every option there is. */
export function isKnownKind(taker: Option | Argument): boolean {
  return taker.argChoices !== undefined || kinds.has(placeholderOf(taker));
}

export function valuesOf(
  taker: Option | Argument,
  text: string,
  sources: ValueSources,
  asked: Asked,
): Partial<Values> | Promise<Partial<Values>> {
  if (taker.argChoices !== undefined) return { candidates: taker.argChoices.map((value) => ({ value, about: '' })) };
  return (kinds.get(placeholderOf(taker)) ?? free)(text, sources, asked);
}

/** `[FORMAT:]PATH`. */
async function dataSource(text: string, { formats }: ValueSources): Promise<Partial<Values>> {
  const known = await formats();
  const format = known.find(({ value }) => text.startsWith(value))?.value;
  if (format === undefined) return { candidates: known, paths: 'files' };
  return { paths: format === 'folder:' ? 'folders' : 'files', behind: format };
}
