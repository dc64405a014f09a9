// The agent on emulated boards: the session of the host with real firmware, over an emulated serial line.
import { chanceOf, damagedPort, referenceModel, Session, systemTime, type Port } from '@wherry/serial-profiler';
import { smallInput, smallNetwork } from '../../packages/serial-profiler/src/testing/small-network.js';
import { agentImage, type AgentImage } from './agent-image.js';
import { boards, isThere } from './boards.js';
import { processPort, type ProcessPort } from './process-port.js';

const graph = smallNetwork();
const model = referenceModel(graph);

/** Those that `ports/mps2.c` is for. */
const mps2 = boards.filter(({ name }) => /an38[56]/.test(name));

for (const board of mps2) {
  if (!isThere(board) && process.env['WHERRY_REQUIRE_ALL'] !== '1') {
    console.warn(`left out: the agent on ${board.name}: ${board.compiler} or ${board.emulator} is not there`);
    describe(board.name, () => it.todo('left out: its tools are not there'));
    continue;
  }
  describe(`the agent on ${board.name}`, () => {
    let image: AgentImage;
    let port: ProcessPort;
    beforeAll(() => (image = agentImage(board, graph, 'mps2')), 120_000);
    afterAll(() => image.remove());
    beforeEach(() => (port = processPort(image.emulator.program, image.emulator.parameters)));
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

    it('knows its memory, starts anew where it is asked to, and has a clock of the rate that it states', async () => {
      const session = await open();
      const { stackBytes, stackUsed, arenaBytes } = await session.memory();
      expect(arenaBytes).toBe(image.expected.arenaBytes);
      expect(stackUsed).toBeGreaterThan(100);
      expect(stackUsed).toBeLessThan(4096);
      expect(stackBytes).toBeGreaterThan(1_000_000);
      await session.restart();
      expect(await session.infer([smallInput(1)])).toEqual(model.run([smallInput(1)]).outputs);
      const { ticks, operators } = await session.time([smallInput(1)], { count: 10, warmUp: 1 });
      expect(operators.reduce<number>((sum, one) => sum + one!, 0)).toBe(ticks);
      expect((await session.testClock(1000))!.statedHz).toBe(25_000_000);
    }, 120_000);
  });
}
