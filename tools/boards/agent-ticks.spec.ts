// What the agent counts: ticks of an operator that do not fit, and inferences that do not.
import { processPort, referenceModel, Session, systemTime, type ProcessPort } from '@wherry/serial-profiler';
import { smallInput, smallNetwork } from '../../packages/serial-profiler/src/testing/small-network.js';
import { buildFolder, describeCompiled, type BuildFolder } from '../testing/src/index.js';
import { compiledAgent } from './agent-program.js';

const graph = smallNetwork();
const input = smallInput(1);
const right = referenceModel(graph).run([input]);
const operators = graph.nodes.length;
/** Of each operator: every reading of this clock is so many ticks behind the one before. */
const each = 2 ** 29;

describeCompiled('an agent whose clock is fast', () => {
  let folder: BuildFolder;
  let port: ProcessPort;
  let session: Session;
  beforeAll(async () => {
    folder = buildFolder();
    const { files, sources, flags, expected } = compiledAgent(graph, 'posix');
    const [path, text] = [...files].find(([file]) => /(^|\/)posix\.c$/.test(file))!;
    const ticks = `static uint64_t now = 0; now += ${each}u; return now;`;
    const planted = text.replace(/(wherry_board_ticks\(void\) \{)[^}]*\}/, `$1 ${ticks} }`);
    expect(planted).not.toBe(text);
    folder.write(new Map([...files, [path, planted]]));
    const sanitizers = ['-O1', '-fsanitize=address,undefined', '-fno-sanitize-recover=all'];
    folder.build(['-std=c11', ...sources, ...flags, ...sanitizers], 'agent-program');
    port = processPort(`${folder.path}/agent-program`);
    let numbers = 0;
    session = await Session.open({ port, time: systemTime, expected, number: () => ++numbers });
  }, 120_000);
  afterAll(() => {
    port.close();
    folder.remove();
    expect(port.errors()).toEqual([]);
  });

  it('says that there were more ticks than fit, and never what is left over of them', async () => {
    const timed = (count: number): ReturnType<Session['time']> => session.time([input], { count, warmUp: 1 });
    const all = (ticks: number | null): readonly (number | null)[] => Array<number | null>(operators).fill(ticks);
    for (const count of [1, 7])
      expect(await timed(count)).toEqual({ ticks: count * operators * each, operators: all(count * each) });
    // They would come to 0, and to 2^29.
    for (const count of [8, 9])
      expect(await timed(count)).toEqual({ ticks: count * operators * each, operators: all(null) });
  });

  it('refuses more inferences than it can count, and does none of them', async () => {
    const refusal = /^DEVICE_CONTRADICTS: the device refuses what it has to do: .*4294967295/;
    await expect(session.time([input], { count: 2 ** 32 - 1, warmUp: 2 })).rejects.toThrow(refusal);
    expect(await session.infer([input])).toEqual(right.outputs);
  });
});
