// An operator that takes more instructions than the timer of its board counts before it turns over.
import { agentCommand, boards, buildImage, missingTools, type Board } from '@wherry/emulated-boards';
import { processPort, Session, systemTime } from '@wherry/serial-profiler';
import { smallInput, smallNetwork } from '../../packages/serial-profiler/src/testing/small-network.js';
import { describeThere } from '../testing/src/index.js';
import { compiledAgent } from './agent-program.js';

/** Instructions of 128 ns, and timers of 25 and 20 MHz: a turn every 1.34 and 1.68 milliards of instructions. */
const turning = ['mps2-an500', 'mps2-an505'];
const rounds = 350_000_000;
/** What a compiler makes of a round at least. */
const leastOfRound = 4;

const isRequired = process.env['WHERRY_REQUIRE_ALL'] === '1';
const there = boards
  .filter(({ id }) => turning.includes(id))
  .filter((board) => isRequired || !missingTools(board).length);

describeThere('an operator longer than a turn of the timer', there.length > 0, 'no emulated board is there', () => {
  it.each(there)(
    'is counted whole on $name',
    async (board) => expect(await countedOn(board)).toBeGreaterThan(rounds * leastOfRound),
    120_000,
  );
});

async function countedOn(board: Board): Promise<number> {
  const { expected, ...program } = compiledAgent(smallNetwork(), board.agent!.port, board);
  const slow = `  for (volatile uint32_t round = 0; round < ${rounds}u; ++round) {\n  }\n`;
  const files = new Map(
    [...program.files].map(([name, text]) => [name, text.replace(/(\nvoid g_model_run\(void\) \{\n)/, `$1${slow}`)]),
  );
  const image = await buildImage(board, { ...program, files });
  const { program: emulator, parameters } = agentCommand(board, image.path);
  const port = processPort(emulator, parameters);
  try {
    const session = await Session.open({ port, time: systemTime, expected, number: () => 4711 });
    return (await session.time([smallInput(1)], { count: 1, warmUp: 0 })).operators[0]!;
  } finally {
    port.close();
    image.remove();
  }
}
