// `deploy plan --shards N`: the pairs of a project divided among machines, as a matrix for CI.
import { WherryError } from '@wherry/graph';
import type { ShardKey } from '@wherry/pipeline';
import { pipelineDiagnostics } from '@wherry/pipeline/tool';
import { InvalidArgumentError, type Command } from 'commander';
import { print, type PrintOptions } from '../terminal/print.js';
import { readableShellWord } from '../terminal/shell-word.js';

export interface ShardOptions extends PrintOptions {
  readonly shards?: number;
  readonly by?: ShardKey;
  readonly config?: string;
  readonly profiles?: string;
}

/** What dividing makes use of; whatever else decides a run, and nothing runs. */
const used: readonly string[] = ['shards', 'by', 'config', 'profiles', 'json', 'quiet'];

export async function planTheShards(count: number, model: string | undefined, command: Command): Promise<void> {
  refuseUnused(model, command);
  const { planShards, shardsText } = await import('@wherry/pipeline');
  const { by = 'device', config, profiles, ...options } = command.opts<ShardOptions>();
  const shards = await planShards({ count, by, config, profiles });
  // Where the pairs were found: the words of a shard name them nowhere else.
  const places = Object.entries({ config, profiles }).flatMap(([name, path]) =>
    path === undefined ? [] : [`--${name}`, path],
  );
  const words = (given: readonly string[]): string => [...places, ...given].map(readableShellWord).join(' ');
  // A matrix holds words: they go into the command line of `deploy test` as they are.
  const entries = shards.map((each) => ({ ...each, arguments: words(each.arguments) }));
  await print(options, { schemaVersion: 1, ok: true, by, shards: entries }, () =>
    shardsText(shards, (each) => `deploy test ${words(each.arguments)}`),
  );
}

function refuseUnused(model: string | undefined, command: Command): void {
  const given = command.options
    .map((option) => ({ name: option.attributeName(), long: option.long! }))
    .find(({ name }) => command.getOptionValueSource(name) === 'cli' && !used.includes(name))?.long;
  if (model === undefined && given === undefined) return;
  throw new WherryError(pipelineDiagnostics.SETTING_UNUSED, {
    what: `${given ?? 'a model'} is given with --shards, which divides all pairs of the project and runs none`,
    next: `leave ${given ?? 'the model'} away, or --shards`,
  });
}

export function shardCount(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new InvalidArgumentError('It is no whole number from 1 to 9999.');
  return Number(text);
}
