// MLPerf Tiny's text protocol on the agent, under sanitizers: a client of its public description, and frames on the same line.
import { encodeInput } from '@wherry/device-protocol';
import { byteLength, elementCount, tensorAt, type Graph } from '@wherry/graph';
import {
  MlperfDevice,
  processPort,
  referenceModel,
  Session,
  systemTime,
  type ExpectedDevice,
  type ProcessPort,
} from '@wherry/serial-profiler';
import { smallInput, smallNetwork } from '../../packages/serial-profiler/src/testing/small-network.js';
import { buildFolder, describeCompiled, type BuildFolder } from '../testing/src/index.js';
import { compiledAgent } from './agent-program.js';
import { mlperfClient, type MlperfClient } from './mlperf-client.js';

const graph = smallNetwork();
const model = referenceModel(graph);
const input = smallInput(1);
const takes = graph.inputs.reduce((sum, id) => {
  const { dtype, shape } = tensorAt(graph, id);
  return sum + byteLength(dtype, elementCount(shape));
}, 0);
const room = `-DWHERRY_MLPERF_BYTES=${takes + 8}u`;

/** What the first output stands for, to three places. */
function results(of: Graph, inputs: readonly Uint8Array[]): string {
  const { quantization } = tensorAt(of, of.outputs[0]!);
  const [scale, zeroPoint] = [quantization!.scale[0]!, quantization!.zeroPoint[0]!];
  const [output] = referenceModel(of).run(inputs).outputs;
  const numbers = [...new Int8Array(output!)].map((value) => (scale * (value - zeroPoint)).toFixed(3));
  return `m-results-[${numbers.join(',')}]`;
}

describeCompiled('MLPerf Tiny on the agent', () => {
  let folder: BuildFolder;
  let port: ProcessPort;
  let client: MlperfClient;
  let expected: ExpectedDevice;
  beforeAll(() => {
    folder = buildFolder();
    const { files, sources, flags, ...rest } = compiledAgent(graph, 'posix');
    expected = rest.expected;
    folder.write(files);
    const sanitizers = ['-O1', '-fsanitize=address,undefined', '-fno-sanitize-recover=all'];
    folder.build(['-std=c11', ...sources, ...flags, room, ...sanitizers], 'agent-program');
  }, 120_000);
  afterAll(() => folder.remove());
  beforeEach(async () => {
    port = processPort(`${folder.path}/agent-program`);
    client = await mlperfClient(port);
  });
  afterEach(() => {
    port.close();
    expect(port.errors()).toEqual([]);
  });

  it('says what it is', async () => {
    expect(await client.ask('name')).toEqual(['m-name-dut-[host]']);
    expect(await client.ask('profile')).toEqual([
      'm-profile-[ULPMark for tinyML Firmware V0.0.1]',
      `m-model-[${expected.model.slice(0, 16)}]`,
    ]);
    expect((await client.ask('help')).join('\n')).toMatch(/^name%.*\n(.*\n)*results%/);
    expect(await client.ask('nonsense 1')).toEqual(['e-[Unknown command: nonsense]']);
  });

  it('has a clock of microseconds', async () => {
    const now = async (): Promise<number> => Number(/^m-lap-us-(\d+)$/.exec((await client.ask('timestamp'))[0]!)![1]);
    const [before, host] = [await now(), performance.now()];
    while (performance.now() < host + 50) await client.ask('name');
    const passed = ((await now()) - before) / 1000;
    expect(passed).toBeGreaterThan(49);
    expect(passed).toBeLessThan(performance.now() - host + 50);
  });

  it('infers what the model gives on what was loaded, however many inferences there are', async () => {
    for (const [seed, count, warmUp] of [
      [1, 1, 0],
      [2, 3, 2],
      [3, 1, 1],
    ] as const) {
      expect(await client.load(smallInput(seed))).toEqual(['m-load-done']);
      const right = results(graph, [smallInput(seed)]);
      const [start, done, begin, first, last, over, ...found] = await client.ask(`infer ${count} ${warmUp}`);
      expect([start, done, begin]).toEqual([`m-warmup-start-${warmUp}`, 'm-warmup-done', `m-infer-start-${count}`]);
      const [from, to] = [first, last].map((line) => Number(/^m-lap-us-(\d+)$/.exec(line!)![1]));
      expect(to).toBeGreaterThanOrEqual(from!);
      expect([over, ...found]).toEqual(['m-infer-done', right]);
      expect(await client.ask('results')).toEqual([right]);
    }
    expect((await client.ask('infer 2'))[0]).toBe('m-warmup-start-10');
  });

  it('shows what was loaded', async () => {
    await client.load(input);
    const hex = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('-');
    const lines = [0, 8, 16, 24].map((at) => `m-buffer-${hex(input.subarray(at, at + 8))}`);
    expect(await client.ask('db print')).toEqual(lines);
    expect(await client.ask('db print 3 5')).toEqual([`m-buffer-${hex(input.subarray(5, 8))}`]);
    expect(await client.ask('db print 30 30')).toEqual([`m-buffer-${hex(input.subarray(30))}`]);
  });

  it.each([
    [['db'], "e-[Command 'db' requires a subcommand]"],
    [['db load'], "e-[Command 'db load' requires the # of bytes]"],
    [['db load 0'], "e-[Command 'db load' requires the # of bytes]"],
    [['db load 4294967297'], "e-[Command 'db load' requires the # of bytes]"],
    [['db load 41'], 'e-[There is room for 40 bytes]'],
    [['db load 8', 'db abc'], 'e-[Insufficient number of hex digits]'],
    [['db load 8', 'db ab0g'], 'e-[Invalid hex digit]'],
    [['db ab'], 'e-[No bytes are expected]'],
    [['infer 0'], 'e-[Inference iterations must be >0]'],
    [['infer x'], 'e-[Inference iterations must be >0]'],
    [['infer 1 -1'], 'e-[Inference warmup must be >=0]'],
    [['infer 1 0'], 'e-[The model takes 32 bytes]'],
    [['db load 8', 'db 0011223344556677', 'infer 1 0'], 'e-[The model takes 32 bytes]'],
    [['results'], 'e-[No results are there]'],
    [[''], 'e-[Unknown command: ]'],
  ] as const)('refuses %j', async (commands, refusal) => {
    let last: readonly string[] = [];
    for (const command of commands) last = await client.ask(command);
    expect(last).toEqual([refusal]);
  });

  it('comes to sense behind bytes that are no text', async () => {
    port.write(Uint8Array.from({ length: 5000 }, (_, at) => (at * 31) % 256 || 1));
    // What is as long as a frame may be is none.
    for (let times = 0; times < 80; times++) port.write(Buffer.from('name%'));
    expect((await client.ask('name')).at(-1)).toBe('m-name-dut-[host]');
    for (; client.rest() !== ''; await client.ask('name'));
    port.write(Uint8Array.of(0xf0, 0xff));
    port.write(Uint8Array.of(0));
    expect(await client.ask('name')).toEqual(['m-name-dut-[host]']);
  });

  it('takes no frame for a command, and no command for a frame', async () => {
    const inside = Buffer.from('%name%infer 1 0%name%');
    port.write(encodeInput(1, { input: 0 }, { offset: 0, bytes: inside }));
    // The refusal of a stranger's frame stands in front of it.
    expect((await client.ask('name')).map((line) => line.slice(-17))).toEqual(['m-name-dut-[host]']);
    expect(client.rest()).toBe('');
  });

  it("answers the host's own driver of boards that speak nothing else", async () => {
    const device = await MlperfDevice.open(port, systemTime, { nameMs: 50 });
    expect([device.name, device.model]).toEqual(['host', expected.model.slice(0, 16)]);
    await device.load(smallInput(6));
    const { microseconds, results: seen } = await device.infer({ count: 200, warmUp: 1 });
    expect(microseconds).toBeGreaterThan(0);
    expect(`m-results-[${seen.map((one) => one.toFixed(3)).join(',')}]`).toBe(results(graph, [smallInput(6)]));
    expect((await device.testClock(300)).measuredHz / 1e6).toBeCloseTo(1, 1);
  });

  it('speaks both on one line, one after the other', async () => {
    for (const seed of [4, 5]) {
      const session = await Session.open({ port, time: systemTime, expected, number: () => 17 + seed });
      const right = model.run([smallInput(seed)]);
      const seen: Uint8Array[] = [];
      expect(await session.layers([smallInput(seed)], (_, bytes) => seen.push(bytes))).toEqual(right.outputs);
      expect(seen).toEqual(right.tensors);
      port.write(Buffer.from('name%'));
      const again = await mlperfClient(port);
      await again.load(smallInput(seed));
      expect((await again.ask('infer 1 0')).at(-1)).toBe(results(graph, [smallInput(seed)]));
      // Outputs may lie where inputs do.
      port.write(encodeInput(1, { input: 0 }, { offset: 0, bytes: smallInput(seed) }));
      expect((await again.ask('results')).at(-1)).toContain('e-[No results are there]');
    }
  });
});
