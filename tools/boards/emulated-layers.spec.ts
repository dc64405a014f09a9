// Compiled models on emulated boards: a hash of what every layer leaves over all runs is that of the reference.
import { boards, missingTools, type Board } from '@wherry/emulated-boards';
import { evaluate, type Graph } from '@wherry/graph';
import { bytesOf, watched } from '../../packages/c-compiler/src/testing/compiled-program.js';
import { describeShared } from '../testing/src/index.js';
import { runOnBoard } from './board-program.js';
import { compiledGraph, extremeInputs, sharedInt8Models } from './shared-int8-models.js';

const runs = 100;

/** What a board that is emulated in JavaScript executes in a few seconds; WHERRY_BOARD_RUNS=all: all runs there as well. */
const instructionsInTime = 200_000_000;

/** FNV-1a over what each layer leaves, run after run: behind each run. */
function referenceHashes(graph: Graph): readonly (readonly number[])[] {
  const ids = watched(graph, 'layers');
  const hashes = new Map(ids.map((id) => [id, 2166136261]));
  return extremeInputs(graph, runs).map((feeds) => {
    evaluate(graph, feeds, {
      observe: (id, data) => {
        let hash = hashes.get(id);
        if (hash === undefined) return;
        for (const byte of bytesOf(data)) hash = Math.imul(hash ^ byte, 16777619) >>> 0;
        hashes.set(id, hash);
      },
    });
    return ids.map((id) => hashes.get(id)!);
  });
}

/** Counts the model's instructions twice, and says them. */
async function countOnBoard(board: Board, model: string, graph: Graph): Promise<number> {
  const { numbers, model: size } = await runOnBoard(board, { main: 'count.c', graph, runs: 2 });
  expect(numbers[0]).toBeGreaterThan(0);
  expect([board.name, numbers[1]]).toEqual([board.name, numbers[0]]);
  console.info(
    `${model} on ${board.name}: ${numbers[0]} instructions, ${size.flash} bytes of flash, ${size.ram} of RAM`,
  );
  return numbers[0]!;
}

/** At least those of the extremes. */
function runsInTime({ isSlow }: Board, instructions: number): number {
  if (!isSlow || process.env['WHERRY_BOARD_RUNS'] === 'all') return runs;
  return Math.max(4, Math.min(runs, Math.floor(instructionsInTime / instructions)));
}

const here = boards.filter((board) => missingTools(board).length === 0 || process.env['WHERRY_REQUIRE_ALL'] === '1');
for (const { name, compiler, emulator } of boards)
  if (!here.some((board) => board.name === name))
    console.warn(`left out: ${name}: ${compiler} or ${emulator} is not there`);

describeShared('compiled models on emulated boards', () => {
  it.each(sharedInt8Models)(
    '%s',
    async (model) => {
      const graph = await compiledGraph(model);
      const expected = referenceHashes(graph);
      for (const board of here) {
        const instructions = board.counts ? await countOnBoard(board, model, graph) : 0;
        if (!board.compares) continue;
        const count = runsInTime(board, instructions);
        const { numbers } = await runOnBoard(board, { main: 'layers.c', graph, runs: count });
        expect([board.name, numbers]).toEqual([board.name, expected[count - 1]]);
      }
    },
    1_800_000,
  );
});
