// Divides the pairs of a project among machines, each pair going to one of them.

export interface ProjectPair {
  /** By its name in the project. */
  readonly model: string;
  /** As the project names it: an id, an alias or a path. */
  readonly profile: string;
  /** The id that this leads to. */
  readonly device: string;
}

/** What stays together on one machine: all of a device, or all of a model. */
export const shardKeys = ['device', 'model'] as const;
export type ShardKey = (typeof shardKeys)[number];

export interface Shard {
  /** From 1. */
  readonly shard: number;
  /** How many there are: fewer than were asked for where there is not so much to divide. */
  readonly of: number;
  readonly pairs: readonly { readonly model: string; readonly profile: string }[];
  /** Of `deploy test`: exactly these pairs. */
  readonly arguments: readonly string[];
}

/**
 * As even as the numbers of pairs allow, by the rule of Graham (1969): the largest group first, each to the shard that has
 * least. What a pair costs is written nowhere before it has run, so pairs are counted.
 */
export function shardPairs(pairs: readonly ProjectPair[], count: number, by: ShardKey): readonly Shard[] {
  const groups = [...new Set(pairs.map((pair) => pair[by]))].map((key) => pairs.filter((pair) => pair[by] === key));
  const shards = Array.from({ length: Math.min(count, groups.length) }, (): ProjectPair[] => []);
  // The order of the file decides between groups of one size, and the number of a shard between shards of one size.
  for (const group of groups.sort((a, b) => b.length - a.length))
    shards.reduce((least, each) => (each.length < least.length ? each : least)).push(...group);
  return shards.map((unordered, at) => {
    const own = pairs.filter((pair) => unordered.includes(pair));
    return {
      shard: at + 1,
      of: shards.length,
      pairs: own.map(({ model, profile }) => ({ model, profile })),
      arguments: argumentsOf(own, by),
    };
  });
}

/** A device that two models spell differently is asked for by both spellings. */
function argumentsOf(pairs: readonly ProjectPair[], by: ShardKey): readonly string[] {
  if (by === 'model') return [...new Set(pairs.map(({ model }) => model))];
  return [...new Set(pairs.map(({ profile }) => profile))].flatMap((profile) => ['-p', profile]);
}
