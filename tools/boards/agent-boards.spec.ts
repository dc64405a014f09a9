// The agent on emulated boards: the session of the host with real firmware, over an emulated serial line.
import { boards, agentCommand, buildImage, missingTools, type Board } from '@wherry/emulated-boards';
import type { Graph } from '@wherry/graph';
import {
  chanceOf,
  damagedPort,
  processPort,
  referenceModel,
  Session,
  systemTime,
  type ExpectedDevice,
  type Port,
  type ProcessPort,
} from '@wherry/serial-profiler';
import { smallInput, smallNetwork } from '../../packages/serial-profiler/src/testing/small-network.js';
import { describeShared, describeThere } from '../testing/src/index.js';
import { compiledAgent } from './agent-program.js';
import { compiledGraph, extremeInputs } from './shared-int8-models.js';

const graph = smallNetwork();
const model = referenceModel(graph);
const isThere = (board: Board): boolean => missingTools(board).length === 0;

interface AgentImage {
  readonly expected: ExpectedDevice;
  start(): ProcessPort;
  readonly remove: () => void;
}

async function agentImage(board: Board, of: Graph): Promise<AgentImage> {
  const { expected, ...program } = compiledAgent(of, board.agent!.port, board);
  const { path, remove } = await buildImage(board, program);
  const { program: emulator, parameters } = agentCommand(board, path);
  return { expected, start: () => processPort(emulator, parameters), remove };
}

const boardsWithAgent = boards.filter(({ agent }) => agent !== null);

for (const board of boardsWithAgent) {
  if (!isThere(board) && process.env['WHERRY_REQUIRE_ALL'] !== '1') {
    console.warn(`left out: the agent on ${board.name}: ${board.compiler} or ${board.emulator} is not there`);
    describe(board.name, () => it.todo('left out: its tools are not there'));
    continue;
  }
  describe(`the agent on ${board.name}`, () => {
    let image: AgentImage;
    let port: ProcessPort;
    beforeAll(async () => void (image = await agentImage(board, graph)), 120_000);
    afterAll(() => image.remove());
    beforeEach(() => (port = image.start()));
    afterEach(() => port.close());
    const open = (on: Port = port): Promise<Session> => {
      const chance = chanceOf(11);
      const number = (): number => Math.floor(chance() * 2 ** 32);
      return Session.open({ port: on, time: systemTime, expected: image.expected, number });
    };

    it('gives every layer of 20 inputs as the reference has them', async () => {
      const session = await open();
      for (let seed = 1; seed <= 20; seed++) {
        const expected = model.run([smallInput(seed)]);
        const seen: Uint8Array[] = [];
        expect(await session.layers([smallInput(seed)], (_, bytes) => seen.push(bytes))).toEqual(expected.outputs);
        expect(seen).toEqual(expected.tensors);
      }
    }, 120_000);

    it('is right with one in a hundred bytes damaged', async () => {
      const faults = { flipped: 0.004, lost: 0.002, doubled: 0.002, swapped: 0.002 };
      const session = await open(damagedPort(port, faults, 1));
      const expected = model.run([smallInput(1)]);
      const seen: Uint8Array[] = [];
      expect(await session.layers([smallInput(1)], (_, bytes) => seen.push(bytes))).toEqual(expected.outputs);
      expect(seen).toEqual(expected.tensors);
    }, 120_000);

    it('knows its memory, starts anew where it is asked to, and has a clock that counts what it says', async () => {
      const session = await open();
      const { stackBytes, stackUsed, arenaBytes } = await session.memory();
      expect(arenaBytes).toBe(image.expected.arenaBytes);
      expect(stackUsed).toBeGreaterThan(100);
      expect(stackUsed).toBeLessThan(4096);
      expect(stackBytes).toBeGreaterThan(100_000);
      await session.restart();
      expect(await session.infer([smallInput(1)])).toEqual(model.run([smallInput(1)]).outputs);
      const { ticks, operators } = await session.time([smallInput(1)], { count: 10, warmUp: 1 });
      expect(operators.reduce<number>((sum, one) => sum + one!, 0)).toBe(ticks);
      const clock = await session.testClock(1000);
      if (!board.agent!.counts) expect(clock!.statedHz).toBe(25_000_000);
      else {
        expect(clock).toBeNull();
        // Executed instructions: the same in every run.
        expect(await session.time([smallInput(1)], { count: 10, warmUp: 1 })).toEqual({ ticks, operators });
        expect(ticks).toBeGreaterThan(50_000);
      }
    }, 120_000);
  });
}

// The others run it through the command: measure.spec.ts.
const there = boardsWithAgent.filter((board) => !board.counts && isThere(board));

describeShared('models of others', () => {
  describeThere('on emulated boards', there.length > 0, 'no emulated board is there', ofOthers);
});

function ofOthers(): void {
  it.each(there)(
    'ResNet-8 in the agent on $name: every layer of two inputs',
    async (board) => {
      const of = await compiledGraph('mlperf-tiny/ic01/pretrainedResnet_quant.tflite');
      const image = await agentImage(board, of);
      const port = image.start();
      try {
        const session = await Session.open({ port, time: systemTime, expected: image.expected, number: () => 4711 });
        for (const feeds of extremeInputs(of, 4).slice(2)) {
          const inputs = feeds.map(
            ({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength),
          );
          const expected = referenceModel(of).run(inputs);
          const seen: Uint8Array[] = [];
          const outputs = await session.layers(inputs, (_, bytes) => seen.push(bytes));
          expect(seen.map((bytes, at) => Buffer.compare(bytes, expected.tensors[at]!))).toEqual(seen.map(() => 0));
          expect(seen).toHaveLength(expected.tensors.length);
          expect(outputs).toEqual(expected.outputs);
        }
      } finally {
        port.close();
        image.remove();
      }
    },
    600_000,
  );
}
