// Several runs that update one baseline: nothing that only one of them has measured is lost.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readBaseline, type BaselinePlace } from './baseline-folder.js';
import { holdChanges, type Change } from './hold-changes.js';
import { exact } from './metric.js';
import type { Tier } from './tier.js';

const pair = { model: 'small', profile: 'esp32' };
let folder: string;
const place = (): BaselinePlace => ({ folder, project: 'deploy.config.json' });
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'wherry-hold-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const measured = (tier: Tier, series: string | null, flash: number): Change => ({
  ...{ tier, series, warnings: [] },
  metrics: [exact('memory.flash', flash)],
});
const hold = (before: Awaited<ReturnType<typeof readBaseline>>, ...changes: readonly Change[]) =>
  holdChanges(place(), { pair, before, changes });

it('keeps what each of many at once has measured', async () => {
  const boards = Array.from({ length: 12 }, (_, at) => `board ${at}`);
  const runs = [
    ...boards.map((board, at) => measured('hw', board, at)),
    measured('emu', 'gcc', 5),
    measured('host', null, 6),
  ];
  const replaced = await Promise.all(runs.map((run) => hold(undefined, run)));
  expect(replaced.every(({ size }) => size === 0)).toBe(true);
  const held = await readBaseline(place(), pair);
  expect([...held!.hw!.keys()].sort()).toEqual([...boards].sort());
  expect([held!.emu!.size, held!.host!.size]).toEqual([1, 1]);
  expect(readdirSync(join(folder, 'esp32'))).toEqual(['small.json']);
});

it('says of a tier that another run came to other figures, and of no other', async () => {
  await hold(undefined, measured('host', null, 1), measured('hw', 'board', 1));
  const before = await readBaseline(place(), pair);
  expect((await hold(before, measured('host', null, 2))).size).toBe(0);
  const replaced = await hold(before, measured('host', null, 3), measured('hw', 'board', 4), measured('hw', 'b', 5));
  expect([...replaced]).toEqual(['host']);
  const held = await readBaseline(place(), pair);
  expect([held!.host!.get('memory.flash'), [...held!.hw!.keys()].sort()]).toEqual([3, ['b', 'board']]);
  // Both came to the same.
  expect((await hold(before, measured('host', null, 3))).size).toBe(0);
});

it('takes away a tier that the pair has nothing for any more', async () => {
  await hold(undefined, measured('host', null, 1), measured('emu', 'gcc', 1));
  const before = await readBaseline(place(), pair);
  await hold(before, measured('emu', 'clang', 2));
  expect([...(await hold(before, { tier: 'emu', why: 'no board' }))]).toEqual(['emu']);
  expect((await readBaseline(place(), pair))!.emu).toBeUndefined();
});
