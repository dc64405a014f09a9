// Compiled models on emulated boards: a hash of what every layer leaves over all runs is that of the reference.
import { boards, missingTools, type Board } from '@wherry/emulated-boards';
import { evaluate, type Graph } from '@wherry/graph';
import { bytesOf, watched } from '../../packages/c-compiler/src/testing/compiled-program.js';
import { describeShared } from '../testing/src/index.js';
import { runOnBoard } from './board-program.js';
import { compiledGraph, extremeInputs, sharedInt8Models } from './shared-int8-models.js';

const runs = 100;

/** FNV-1a over what each layer leaves in all runs. */
function referenceHashes(graph: Graph): readonly number[] {
  const ids = watched(graph, 'layers');
  const hashes = new Map(ids.map((id) => [id, 2166136261]));
  for (const feeds of extremeInputs(graph, runs)) {
    evaluate(graph, feeds, {
      observe: (id, data) => {
        let hash = hashes.get(id);
        if (hash === undefined) return;
        for (const byte of bytesOf(data)) hash = Math.imul(hash ^ byte, 16777619) >>> 0;
        hashes.set(id, hash);
      },
    });
  }
  return ids.map((id) => hashes.get(id)!);
}

/** Counts the model's instructions twice, and says them. */
async function countOnBoard(board: Board, model: string, graph: Graph): Promise<void> {
  const { numbers, model: size } = await runOnBoard(board, { main: 'count.c', graph, runs: 2 });
  expect(numbers[0]).toBeGreaterThan(0);
  expect([board.name, numbers[1]]).toEqual([board.name, numbers[0]]);
  console.info(
    `${model} on ${board.name}: ${numbers[0]} instructions, ${size.flash} bytes of flash, ${size.ram} of RAM`,
  );
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
        if (board.counts) await countOnBoard(board, model, graph);
        if (!board.compares) continue;
        const { numbers } = await runOnBoard(board, { main: 'layers.c', graph, runs });
        expect([board.name, numbers]).toEqual([board.name, expected]);
      }
    },
    1_800_000,
  );
});
