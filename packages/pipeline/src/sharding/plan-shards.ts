// A project as shares of machines: what `deploy plan --shards` prints.
import { counted } from '@wherry/graph';
import { readProject } from '../config/project.js';
import { everything, pairsOf } from '../regression/pairs.js';
import { table } from '../report/table.js';
import { shardPairs, type Shard, type ShardKey } from './shard-pairs.js';

export interface ShardRequest {
  readonly count: number;
  readonly by: ShardKey;
  readonly config: string | undefined;
  /** Folder with more device profiles. */
  readonly profiles: string | undefined;
}

/** Throws the CONFIG_ and PROFILE_ errors. */
export async function planShards({ count, by, config, profiles }: ShardRequest): Promise<readonly Shard[]> {
  const { pairs } = await pairsOf(await readProject(config), { ...everything, folder: profiles });
  const named = pairs.map(({ model, profile, id }) => ({ model: model.name, profile, device: id }));
  return shardPairs(named, count, by);
}

export function shardsText(shards: readonly Shard[], commandOf: (shard: Shard) => string): string {
  const pairs = shards.reduce((sum, each) => sum + each.pairs.length, 0);
  return [
    ...table(
      ['shard', 'pairs', 'command'],
      shards.map((each) => [`${each.shard} of ${each.of}`, `${each.pairs.length}`, commandOf(each)]),
      new Set([1]),
    ),
    '',
    `${counted(pairs, 'pair')} of model and device in ${counted(shards.length, 'shard')}; nothing was run`,
  ].join('\n');
}
