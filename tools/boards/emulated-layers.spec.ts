// Compiled models on emulated boards: a hash of what every layer leaves over all runs is that of the reference. Three models
// run on all boards, each other one on one of them, the boards in turn; with WHERRY_LAYERS=long all on all, on 100 inputs.
import { boards, missingTools, type Board } from '@wherry/emulated-boards';
import { graphCost, type Graph, type WherryError } from '@wherry/graph';
import { describeShared } from '../testing/src/index.js';
import { runOnBoard } from './board-program.js';
import { boardHashes, missingMemory, referenceHashes } from './layers-program.js';
import { compiledGraph, sharedInt8Models } from './shared-int8-models.js';
import { networkGraph, ownNetworks, refusedModels, thirdPartyNetworks, type SharedNetwork } from './shared-networks.js';

const isLong = process.env['WHERRY_LAYERS'] === 'long';
const mostRuns = 100;

/** Multiplications on all inputs of a model together, where time is short: at least five inputs, three of them extremes. */
const work = 5e7;
const leastRuns = 5;

/** Of the usual kinds of layers, with few multiplications. ResNet-8 runs on all boards in `measure.spec`. */
const onAllBoards: ReadonlySet<string> = new Set([
  'mlperf-tiny/ad01/ad01_int8.tflite',
  'mlperf-tiny/kws01/kws_ref_model.tflite',
  'tinymaix/mnist_dw_q.tflite',
] satisfies (typeof sharedInt8Models)[number][]);

/** Those of MLPerf Tiny, whose counts are figures of the project. */
const counted = sharedInt8Models.filter((model) => model.startsWith('mlperf-tiny/'));

function affordedRuns(graphs: readonly Graph[]): number {
  const macs = graphs.reduce((sum, graph) => sum + graphCost(graph).total.macs, 0);
  return Math.min(mostRuns, Math.max(leastRuns, Math.floor(work / Math.max(1, macs))));
}

/** Counts the model's instructions twice, and says them. */
async function countOnBoard(board: Board, model: string, graph: Graph): Promise<void> {
  const { numbers, model: size } = await runOnBoard(board, { main: 'count.c', graph });
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
const comparing = here.filter(({ compares }) => compares);

interface Program {
  readonly name: string;
  readonly networks: readonly SharedNetwork[];
}

/** Models of single operators, of which one folder holds many, are one program; every other one is its own. */
const most = 12;
function programsOf(networks: readonly SharedNetwork[]): readonly Program[] {
  const programs: Program[] = [];
  let before = '';
  for (const network of networks) {
    const folder = /^tflm\/seanet-int16\/\w+/.exec(network.name)?.[0] ?? '';
    const last = programs.at(-1);
    if (folder !== '' && folder === before && last!.networks.length < most)
      programs[programs.length - 1] = { ...last!, networks: [...last!.networks, network] };
    else programs.push({ name: folder === '' ? network.name : `${network.name} and others`, networks: [network] });
    before = folder;
  }
  return programs;
}

/** Small enough to be made and run in a few seconds. */
const short = ownNetworks.filter(({ name }) => /keypoint_classifier\.hdf5|mnist_(dw|valid)\.h5/.test(name));
const programs = programsOf([...thirdPartyNetworks, ...(isLong ? ownNetworks : short)]);

/** A place to begin at among the boards, so that each has its share of models. */
function inTurn(start: number): readonly Board[] {
  return comparing.map((_, at) => comparing[(start + at) % comparing.length]!);
}

describeShared('compiled models on emulated boards', () => {
  it.each(isLong ? sharedInt8Models : counted)(
    '%s: as many instructions each time',
    async (model) => {
      const graph = await compiledGraph(model);
      for (const board of here) if (board.counts) await countOnBoard(board, model, graph);
    },
    1_800_000,
  );

  it.each(programs.map((program, at) => [program.name, program, at] as const))(
    '%s leaves in every layer what the reference does',
    async (name, { networks }, at) => {
      const graphs: Graph[] = [];
      for (const network of networks) graphs.push(await networkGraph(network));
      const everywhere = isLong || networks.some(({ name: model }) => onAllBoards.has(model));
      const runs = everywhere ? mostRuns : affordedRuns(graphs);
      const expected = graphs.flatMap((graph) => referenceHashes(graph, runs));
      const on: string[] = [];
      for (const board of inTurn(at)) {
        const missing = missingMemory(board, graphs);
        if (missing !== undefined) {
          console.warn(`left out: ${name} on ${board.name}: it takes ${missing}`);
          continue;
        }
        expect([board.name, await boardHashes(board, graphs, runs)]).toEqual([board.name, expected]);
        on.push(board.id);
        if (!everywhere) break;
      }
      console.info(`${name}: ${graphs.length} models, ${runs} inputs, ${expected.length} layers on ${on.join(', ')}`);
      expect(comparing.length === 0 ? 1 : on.length).toBeGreaterThan(0);
    },
    14_400_000,
  );

  it.each(Object.entries(refusedModels))('%s is refused with %s', async (model, code) => {
    const refusal: unknown = await compiledGraph(model).catch((error: unknown) => error);
    expect((refusal as WherryError).diagnostic.code).toBe(code);
  });
});
