// The agent on this machine under its sanitizers: the same session as with a real board, on sound lines and bad ones.
import { setTimeout as wait } from 'node:timers/promises';
import { encodeFrame, messages, type Field } from '@wherry/device-protocol';
import { evaluate, freshStates, WherryError, type Graph, type TensorData } from '@wherry/graph';
import { casesOf } from '@wherry/graph/cases';
import {
  chanceOf,
  damagedPort,
  processPort,
  referenceModel,
  Session,
  systemTime,
  type ExpectedDevice,
  type LinkPolicy,
  type Port,
  type ProcessPort,
} from '@wherry/serial-profiler';
import { smallInput, smallNetwork } from '../../packages/serial-profiler/src/testing/small-network.js';
import { bytesOf } from '../../packages/c-compiler/src/testing/compiled-program.js';
import { hasKernels } from '../../packages/c-compiler/src/testing/has-kernels.js';
import { buildFolder, describeCompiled, describeShared, type BuildFolder } from '../testing/src/index.js';
import { compiledAgent } from './agent-program.js';
import { compiledGraph, extremeInputs, sharedInt8Models } from './shared-int8-models.js';

const sanitizers = ['-O1', '-fsanitize=address,undefined', '-fno-sanitize-recover=all'];
const graph = smallNetwork();
const model = referenceModel(graph);
const input = smallInput(1);
const right = model.run([input]);

function built(
  folder: BuildFolder,
  of: Graph,
  plant: (model: string) => string = (text) => text,
): { path: string; expected: ExpectedDevice } {
  const { files, sources, flags, expected } = compiledAgent(of, 'posix');
  folder.write(new Map([...files, ['model.c', plant(files.get('model.c')!)]]));
  folder.build(['-std=c11', ...sources, ...flags, ...sanitizers], 'agent-program');
  return { path: `${folder.path}/agent-program`, expected };
}

function open(port: Port, expected: ExpectedDevice, policy: Partial<LinkPolicy> = {}): Promise<Session> {
  const chance = chanceOf(7);
  return Session.open({ port, time: systemTime, expected, number: () => Math.floor(chance() * 2 ** 32), policy });
}

describeCompiled('the agent', () => {
  let folder: BuildFolder;
  let program: { path: string; expected: ExpectedDevice };
  let port: ProcessPort;
  beforeAll(() => {
    folder = buildFolder();
    program = built(folder, graph);
  }, 120_000);
  afterAll(() => folder.remove());
  beforeEach(() => (port = processPort(program.path)));
  afterEach(() => {
    port.close();
    expect(port.errors()).toEqual([]);
  });

  it('says what it is, and gives every layer and output as the reference has them', async () => {
    const session = await open(port, program.expected);
    expect(session.identity).toMatchObject({ chip: 'host', runtime: 'compiled-c', profile: 'host-reference' });
    for (const seed of [1, 2, 3]) {
      const expected = model.run([smallInput(seed)]);
      const seen: Uint8Array[] = [];
      expect(await session.layers([smallInput(seed)], (_, bytes) => seen.push(bytes))).toEqual(expected.outputs);
      expect(seen).toEqual(expected.tensors);
      expect(await session.infer([smallInput(seed)])).toEqual(expected.outputs);
    }
  });

  it('times inferences and operators with a clock of the rate that it states', async () => {
    const session = await open(port, program.expected);
    const { ticks, operators } = await session.time([input], { count: 50, warmUp: 2 });
    expect(operators).toHaveLength(5);
    expect(operators.reduce<number>((sum, one) => sum + one!, 0)).toBe(ticks);
    expect(ticks).toBeGreaterThan(0);
    const clock = await session.testClock(300);
    expect(clock!.measuredHz / 1e9).toBeCloseTo(1, 1);
    expect(await session.memory()).toMatchObject({ arenaBytes: program.expected.arenaBytes, stackBytes: 2 ** 32 - 1 });
  });

  it('starts anew where it is asked to, and where it is not', async () => {
    const session = await open(port, program.expected);
    await session.restart();
    expect(await session.infer([input])).toEqual(right.outputs);
    port.restart();
    expect(await session.infer([input])).toEqual(right.outputs);
  });

  it('is refused with another model', async () => {
    const opened = open(port, { ...program.expected, model: '0'.repeat(64) });
    await expect(opened).rejects.toThrow('DEVICE_WRONG_MODEL');
  });

  it.each([
    [0.002, 20],
    [0.02, 5],
    [0.05, 1],
  ])(
    'is right with %s of all bytes damaged',
    async (share, times) => {
      const faults = { flipped: share / 4, lost: share / 4, doubled: share / 4, swapped: share / 4 };
      const session = await open(damagedPort(port, faults, 1), program.expected);
      for (let time = 0; time < times; time++) {
        const seen: Uint8Array[] = [];
        expect(await session.layers([input], (_, bytes) => seen.push(bytes))).toEqual(right.outputs);
        expect(seen).toEqual(right.tensors);
      }
    },
    120_000,
  );

  it('is right or refused with a code, whenever it starts anew', async () => {
    const chance = chanceOf(3);
    let refused = 0;
    for (let round = 0; round < 15; round++) {
      const own = processPort(program.path);
      let over = false;
      const restarts = (async () => {
        for (let left = 8 * chance(); left > 1 && !over; left--) {
          await wait(100 * chance());
          if (!over) own.restart();
        }
      })();
      try {
        const session = await open(own, program.expected, { restarts: 2 });
        const seen: Uint8Array[] = [];
        expect(await session.layers([input], (_, bytes) => seen.push(bytes))).toEqual(right.outputs);
        expect(seen).toEqual(right.tensors);
      } catch (error) {
        if (!(error instanceof WherryError)) throw error;
        refused++;
      }
      over = true;
      await restarts;
      own.close();
      expect(own.errors()).toEqual([]);
    }
    expect(refused).toBeLessThan(15);
  }, 120_000);

  it('bears any bytes', async () => {
    const chance = chanceOf(5);
    for (let chunk = 0; chunk < 200; chunk++)
      port.write(
        Uint8Array.from({ length: 5000 }, () => (chance() < 0.01 * (chunk % 30) ? 0 : Math.floor(chance() * 256) || 1)),
      );
    const session = await open(port, program.expected, { silentMs: 30_000 });
    expect(await session.infer([input])).toEqual(right.outputs);
  }, 60_000);

  it('bears any request in a sound frame, and is right behind it', async () => {
    const session = await open(port, program.expected);
    const chance = chanceOf(9);
    const below = (bound: number): number => Math.floor(chance() * bound);
    const sizes: Record<string, number> = { u8: 1, u16: 2, u32: 4 };
    const kinds = Object.values(messages).map(({ type, request }) => ({
      type,
      bytes: Object.values<Field>(request).reduce((sum, { type: size }) => sum + sizes[size]!, 0),
    }));
    for (let sent = 0; sent < 40_000; sent++) {
      const kind = kinds[below(kinds.length)]!;
      const type = chance() < 0.95 ? kind.type : below(256);
      if (type === messages.RESET.type) continue;
      const extra = type === messages.SET_INPUT.type ? below(40) : below(20) === 0 ? below(300) : 0;
      const body = Uint8Array.from({ length: kind.bytes + extra }, () => (chance() < 0.1 ? below(256) : 0));
      // Small numbers, of runs and tensors that there are.
      for (let at = 0; at < body.length; at += 2) if (chance() < 0.9) body[at] = 1 + below(5);
      // A run of four thousand million inferences would be one that was asked for.
      if (type === messages.RUN.type) body.fill(0, 2, 8).fill(1, 2, 3);
      const offset = chance() < 0.7 ? below(60) : below(2 ** 32);
      const length = chance() < 0.8 ? extra : below(65536);
      port.write(encodeFrame({ version: 1, type, request: 0, offset, length, body }));
      // It is not to be drowned in.
      if (sent % 100 === 0) await wait(1);
    }
    expect(await session.infer([input])).toEqual(right.outputs);
  }, 60_000);

  it.each(['c11', 'c++17'] as const)(
    'compiles as %s without a warning',
    (language) => {
      const { sources, flags } = compiledAgent(graph, 'posix');
      const extra = [...flags, ...(language === 'c++17' ? ['-x', 'c++'] : [])];
      for (const source of sources) expect(() => folder.compile(source, language, extra)).not.toThrow();
    },
    120_000,
  );
});

describeCompiled('a wrong layer in the agent', () => {
  it.each([
    ['g_model_layer_0_bias', 0],
    ['g_model_layer_3_weights', 3],
  ])('%s: the first that differs', async (constant, wrong) => {
    const folder = buildFolder();
    const plant = (text: string): string => {
      const planted = text.replace(new RegExp(`(${constant}\\[\\d+\\] = {\\s*)-?\\d+`), '$1119');
      expect(planted).not.toBe(text);
      return planted;
    };
    const { path, expected } = built(folder, graph, plant);
    const port = processPort(path);
    try {
      const session = await open(port, expected);
      const different: number[] = [];
      await session.layers([input], (tensor, bytes) => {
        if (Buffer.compare(bytes, right.tensors[tensor]!) !== 0) different.push(tensor);
      });
      expect(different[0]).toBe(wrong);
    } finally {
      port.close();
      folder.remove();
    }
  });
});

describeCompiled('a model with states in the agent', () => {
  // Of integers, whose answers are the same bytes everywhere.
  const keeping = (['SVDF', 'UNIDIRECTIONAL_SEQUENCE_LSTM'] as const).map(
    (kind) => [kind, casesOf(kind).find((one) => one.type.from === 'int8' && hasKernels(one) && goesOn(one))!] as const,
  );
  /** Whether a second inference on the same inputs gives something else. */
  function goesOn({ graph: of, feeds }: { graph: Graph; feeds: readonly TensorData[] }): boolean {
    const states = freshStates(of);
    const [one, other] = [1, 2].map(() => evaluate(of, feeds, { states }).map((output) => [...output]));
    return JSON.stringify(one) !== JSON.stringify(other);
  }

  it.each(keeping)(
    '%s: every run begins as the first one did',
    async (_, { graph: of, feeds }) => {
      const folder = buildFolder();
      const { path, expected } = built(folder, of);
      const port = processPort(path);
      const inputs = feeds.map(bytesOf);
      const first = referenceModel(of).run(inputs);
      try {
        const session = await open(port, expected);
        for (const count of [1, 3]) {
          const seen: Uint8Array[] = [];
          expect(await session.layers(inputs, (__, bytes) => seen.push(bytes))).toEqual(first.outputs);
          expect(seen).toEqual(first.tensors);
          expect(await session.infer(inputs)).toEqual(first.outputs);
          await session.time(inputs, { count, warmUp: 0 });
        }
      } finally {
        port.close();
        folder.remove();
      }
      expect(port.errors()).toEqual([]);
    },
    120_000,
  );
});

describeShared('models of others', () => {
  describeCompiled('in the agent', () => {
    it.each(sharedInt8Models)(
      '%s: every layer over the line',
      async (name) => {
        const folder = buildFolder();
        const of = await compiledGraph(name);
        const { path, expected } = built(folder, of);
        const port = processPort(path);
        try {
          const session = await open(port, expected);
          for (const feeds of extremeInputs(of, 10)) {
            const inputs = feeds.map(
              ({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength),
            );
            const reference = referenceModel(of).run(inputs);
            const different: number[] = [];
            const outputs = await session.layers(inputs, (tensor, bytes) => {
              if (Buffer.compare(bytes, reference.tensors[tensor]!) !== 0) different.push(tensor);
            });
            expect(different).toEqual([]);
            expect(outputs).toEqual(reference.outputs);
          }
        } finally {
          port.close();
          folder.remove();
        }
      },
      300_000,
    );
  });
});
