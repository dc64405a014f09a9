// Inferences of one run: each of them begins with the inputs that were set, which layers may write over.
import { processPort, Session, systemTime } from '@wherry/serial-profiler';
import { smallInput, smallNetwork } from '../../packages/serial-profiler/src/testing/small-network.js';
import { buildFolder, describeCompiled } from '../testing/src/index.js';
import { compiledAgent } from './agent-program.js';

const input = smallInput(1);

/** A model that ends the program where its input is another, and spoils it. */
function spending(model: string): string {
  const first = String((input[0]! << 24) >> 24);
  const looks = `  if (g_model_input_0()[0] != ${first}) __builtin_trap();\n`;
  const spoils = '  g_model_input_0()[0] = 99;\n}\n';
  return model.replace(/(\nvoid g_model_run\(void\) \{\n)([\s\S]*?\n)\}\n/, `$1${looks}$2${spoils}`);
}

describeCompiled('the agent', () => {
  it('sets the inputs anew before each', async () => {
    const folder = buildFolder();
    const { files, sources, flags, expected } = compiledAgent(smallNetwork(), 'posix');
    const own = files.get('model.c')!;
    const model = spending(own);
    expect(model).not.toBe(own);
    folder.write(new Map([...files, ['model.c', model]]));
    folder.build(['-std=c11', ...sources, ...flags], 'agent-program');
    const port = processPort(`${folder.path}/agent-program`);
    try {
      const session = await Session.open({ port, time: systemTime, expected, number: () => 4711 });
      expect((await session.time([input], { count: 3, warmUp: 2 })).ticks).toBeGreaterThan(0);
    } finally {
      port.close();
      folder.remove();
    }
  }, 60_000);
});
