// Every pair goes to one shard, whatever the project and however many shards there are.
import { shardKeys, shardPairs, type ProjectPair, type Shard, type ShardKey } from './shard-pairs.js';

/** Models and devices of a project, some of them not joined, some devices spelled in two ways. */
function madeUp(seed: number): readonly ProjectPair[] {
  let state = seed * 2654435761;
  const below = (limit: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  const [models, devices] = [1 + below(7), 1 + below(9)];
  const pairs: ProjectPair[] = [];
  for (let m = 0; m < models; m++)
    for (let d = 0; d < devices; d++)
      if (below(3) > 0)
        pairs.push({ model: `m${m}`, device: `d${d}`, profile: below(4) === 0 ? `./boards/d${d}.json` : `d${d}` });
  return pairs;
}

/** What `deploy test` runs when it is given these words: pairs of the named models and the named profiles. */
function ranBy({ arguments: words }: Shard, pairs: readonly ProjectPair[]): readonly ProjectPair[] {
  const profiles = words.filter((_, at) => words[at - 1] === '-p');
  const models = words.filter((word, at) => word !== '-p' && words[at - 1] !== '-p');
  return pairs.filter(
    ({ model, profile }) =>
      (models.length === 0 || models.includes(model)) && (profiles.length === 0 || profiles.includes(profile)),
  );
}

const key = ({ model, profile }: { readonly model: string; readonly profile: string }): string => `${model} ${profile}`;

const projects = Array.from({ length: 120 }, (_, seed) => madeUp(seed));

it.each(shardKeys)('loses no pair and gives none twice, by %s', (by: ShardKey) => {
  for (const pairs of projects) {
    for (const count of [1, 2, 3, 5, 8, 100]) {
      const shards = shardPairs(pairs, count, by);
      const all = pairs.map(key).sort();
      expect(shards.flatMap((each) => each.pairs.map(key)).sort()).toEqual(all);
      // Once more by what the words ask for, which is what runs.
      expect(shards.flatMap((each) => ranBy(each, pairs).map(key)).sort()).toEqual(all);
      for (const [at, each] of shards.entries()) {
        expect(ranBy(each, pairs).map(key)).toEqual(each.pairs.map(key));
        expect([each.shard, each.of]).toEqual([at + 1, shards.length]);
        expect(each.pairs.length).toBeGreaterThan(0);
      }
    }
  }
});

it.each(shardKeys)('keeps together what belongs to one %s, and differs by no more than its largest', (by: ShardKey) => {
  for (const pairs of projects.filter(({ length }) => length > 0)) {
    const of = (value: string): readonly ProjectPair[] => pairs.filter((pair) => pair[by] === value);
    const groups = [...new Set(pairs.map((pair) => pair[by]))];
    for (const count of [2, 3, 4]) {
      const shards = shardPairs(pairs, count, by);
      expect(shards.length).toBe(Math.min(count, groups.length));
      for (const group of groups)
        expect(
          shards.filter(({ pairs: own }) => of(group).some((each) => own.map(key).includes(key(each)))),
        ).toHaveLength(1);
      const sizes = shards.map(({ pairs: own }) => own.length);
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(Math.max(...groups.map((g) => of(g).length)));
    }
  }
});

it('says what a project comes to, the same each time', () => {
  const pairs = [
    { model: 'digits', profile: 'esp32', device: 'esp32' },
    { model: 'digits', profile: 'rp2040', device: 'rp2040' },
    { model: 'keywords', profile: 'ESP32', device: 'esp32' },
  ];
  const expected = [
    {
      shard: 1,
      of: 2,
      pairs: [
        { model: 'digits', profile: 'esp32' },
        { model: 'keywords', profile: 'ESP32' },
      ],
      arguments: ['-p', 'esp32', '-p', 'ESP32'],
    },
    { shard: 2, of: 2, pairs: [{ model: 'digits', profile: 'rp2040' }], arguments: ['-p', 'rp2040'] },
  ];
  expect(shardPairs(pairs, 7, 'device')).toEqual(expected);
  expect(shardPairs(pairs, 7, 'device')).toEqual(expected);
  expect(shardPairs(pairs, 1, 'model')).toMatchObject([{ arguments: ['digits', 'keywords'] }]);
});
