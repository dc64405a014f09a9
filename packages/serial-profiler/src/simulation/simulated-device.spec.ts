// The simulated device by itself: what it answers in which state, and that each fault shows.
import {
  decodeRecord,
  decodeReply,
  encodeInput,
  encodeRequest,
  FrameReader,
  type MessageName,
  type Part,
  type Reply,
  type RequestOf,
} from '@wherry/device-protocol';
import { evaluate } from '@wherry/graph';
import { inputsDigest, tensorDigest } from '../tensor-digest.js';
import { smallInput, smallNetwork } from '../testing/small-network.js';
import { referenceModel } from './reference-model.js';
import { simulatedPort, type SimulatedPort, type Simulation } from './simulated-line.js';
import { VirtualTime } from './virtual-time.js';

const graph = smallNetwork();
const input = smallInput(1);
const whole: Part = { offset: 0, length: 1024 };
const end = 65535;

interface Client {
  readonly port: SimulatedPort;
  readonly reader: FrameReader;
  /** What was no frame. */
  readonly other: string[];
  /** The replies that come within 200 ms. */
  ask<M extends MessageName>(message: M, values: RequestOf<M>, part?: Part): Promise<Reply[]>;
  set(bytes: Uint8Array, offset?: number): Promise<Reply[]>;
  wait(ms: number): Promise<void>;
}

function client(settings: Partial<Simulation> = {}): Client {
  const time = new VirtualTime();
  const port = simulatedPort({ model: referenceModel(graph), time, seed: 1, ...settings });
  const replies: Reply[] = [];
  const other: string[] = [];
  const reader = new FrameReader({
    frame: (frame) => replies.push(decodeReply(frame)),
    other: (bytes) => other.push(Buffer.from(bytes).toString('latin1')),
  });
  port.listen({ data: (bytes) => reader.push(bytes), closed: (reason) => other.push(reason) });
  const wait = (ms: number): Promise<void> => time.run(new Promise((resolve) => time.after(ms, resolve)));
  const send = async (line: Uint8Array): Promise<Reply[]> => {
    port.write(line);
    await wait(200);
    return replies.splice(0);
  };
  return {
    port,
    reader,
    other,
    wait,
    ask: (message, values, part = whole) => send(encodeRequest(message, 7, values, part)),
    set: (bytes, offset = 0) => send(encodeInput(7, { input: 0 }, { offset, bytes })),
  };
}

async function greeted(settings: Partial<Simulation> = {}): Promise<Client> {
  const one = client(settings);
  await one.wait(10);
  await one.ask('HELLO', { conversation: 5 });
  return one;
}

const dataOf = ([reply]: Reply[]): Uint8Array => ('data' in reply! ? reply.data.bytes : new Uint8Array());
const error = (code: string, detail: number): object[] => [{ message: 'ERROR', request: 7, code, detail }];

it('answers only once it has booted, and nothing but HELLO before a conversation', async () => {
  const one = client({ bootMs: 300 });
  expect(await one.ask('HELLO', { conversation: 5 })).toEqual([]);
  await one.wait(200);
  expect(await one.ask('MEMORY', {})).toEqual(error('STRANGER', 0));
  const [hello] = await one.ask('HELLO', { conversation: 5 });
  expect(hello).toMatchObject({ message: 'HELLO', values: { conversation: 5 } });
  expect(decodeRecord('IDENTITY', dataOf([hello!]))).toMatchObject({ operators: 5, tensors: 5, inputs: 1, outputs: 2 });
});

it('gives in a stopped run each tensor at its operator, and the outputs at the end, all as the reference has them', async () => {
  const one = await greeted();
  const expected = new Map<number, Uint8Array>();
  evaluate(graph, [Int8Array.from(input)], { observe: (id, data) => expected.set(id, Buffer.from(data.buffer)) });
  await one.set(input.subarray(0, 20));
  await one.set(input.subarray(20), 20);
  for (const [operator, { outputs }] of graph.nodes.entries()) {
    const stop = { run: 1, count: 1, warmUp: 0, stop: operator + 1 };
    const record = decodeRecord('RUN', dataOf(await one.ask('RUN', stop)));
    expect(record).toMatchObject({ executed: operator + 1, inputs: inputsDigest([input]) });
    const bytes = Buffer.from(dataOf(await one.ask('GET_TENSOR', { run: 1, tensor: operator })));
    const tensor = expected.get(outputs[0]!)!;
    expect(bytes).toEqual(Buffer.concat([tensor, tensorDigest(record.inputs, tensor)]));
    expect(await one.ask('GET_TENSOR', { run: 1, tensor: 4 - operator })).toEqual(
      operator === 2 ? [expect.objectContaining({ message: 'GET_TENSOR' })] : error('NOT_HELD', operator + 1),
    );
    expect(await one.set(input)).toEqual(error('BUSY', 1));
    expect(await one.ask('GET_OUTPUT', { run: 1, output: 0 })).toEqual(error('NO_RUN', 1));
  }
  await one.ask('RUN', { run: 1, count: 1, warmUp: 0, stop: end });
  expect(await one.ask('GET_TENSOR', { run: 1, tensor: 4 })).toEqual(error('NOT_HELD', 5));
  for (const [position, id] of graph.outputs.entries())
    expect(dataOf(await one.ask('GET_OUTPUT', { run: 1, output: position })).subarray(0, -32)).toEqual(
      Uint8Array.from(expected.get(id)!),
    );
});

it('runs a number once, spends the inputs, and gives no outputs of several inferences', async () => {
  const one = await greeted();
  await one.set(input);
  const [first] = await one.ask('RUN', { run: 1, count: 3, warmUp: 1, stop: end });
  await one.set(smallInput(2));
  expect(await one.ask('RUN', { run: 1, count: 3, warmUp: 1, stop: end })).toEqual([first]);
  expect(await one.ask('GET_OUTPUT', { run: 1, output: 0 })).toEqual(error('NO_RUN', 1));
  const profile = new Uint32Array(dataOf(await one.ask('PROFILE', { run: 1 })).slice().buffer);
  expect(profile.reduce((sum, ticks) => sum + ticks, 0)).toBe(decodeRecord('RUN', dataOf([first!])).ticks);
  await one.ask('RUN', { run: 2, count: 1, warmUp: 0, stop: end });
  const [spent] = await one.ask('RUN', { run: 3, count: 1, warmUp: 0, stop: end });
  expect(decodeRecord('RUN', dataOf([spent!])).inputs).not.toBe(inputsDigest([smallInput(2)]));
});

it.each([
  ['an input that is none', (one: Client) => one.set(input, 1), error('RANGE', 32)],
  ['a part behind the end', (one: Client) => one.ask('MEMORY', {}, { offset: 25, length: 1 }), error('RANGE', 24)],
  ['no inference', (one: Client) => one.ask('RUN', { run: 1, count: 0, warmUp: 0, stop: 1 }), error('RANGE', 0)],
  ['a run that was not', (one: Client) => one.ask('PROFILE', { run: 9 }), error('NO_RUN', 0)],
  ['a restart for another conversation', (one: Client) => one.ask('RESET', { conversation: 4 }), error('STRANGER', 0)],
])('refuses %s', async (_, act, refusal) => {
  expect(await act(await greeted())).toEqual(refusal);
});

it('forgets everything where it is asked to start anew', async () => {
  const one = await greeted({ bootLog: 'boot\n' });
  expect(await one.ask('RESET', { conversation: 5 })).toEqual([expect.objectContaining({ message: 'RESET' })]);
  expect(one.port.device.starts).toBe(2);
  one.reader.flush();
  expect(one.other.join('')).toBe('boot\nboot\n');
  expect(await one.ask('MEMORY', {})).toEqual(error('STRANGER', 0));
});

describe('has on demand', () => {
  it('another version of the protocol', async () => {
    const one = client({ device: { version: 3 } });
    await one.wait(10);
    expect(await one.ask('HELLO', { conversation: 5 })).toEqual([{ message: 'OTHER_VERSION', version: 3 }]);
  });

  it('silence, chatter and an end', async () => {
    const one = await greeted({ device: { silentAfter: 3, chatter: { every: 2, text: 'tick\n' } }, endsAfter: 5000 });
    expect(await one.ask('SELF_TEST', {})).toHaveLength(1);
    expect(await one.ask('SELF_TEST', {})).toHaveLength(1);
    expect(await one.ask('SELF_TEST', {})).toHaveLength(0);
    expect(one.other).toEqual(['tick\n']);
    await one.wait(5000);
    expect(one.other).toEqual(['tick\n', 'the device was unplugged']);
  });

  it('a clock that is wrong', async () => {
    const one = await greeted({ device: { clockRate: 1.5 } });
    const first = decodeRecord('CLOCK', dataOf(await one.ask('SELF_TEST', {})));
    const second = decodeRecord('CLOCK', dataOf(await one.ask('SELF_TEST', {})));
    expect(second.ticks - first.ticks).toBe(300_000);
  });

  it('restarts in the middle of what it says', async () => {
    const one = client({ device: { restartsEvery: 30 }, bootLog: 'x'.repeat(40) });
    await one.wait(20_000);
    expect(one.port.device.starts).toBeGreaterThan(400);
    expect(one.port.device.starts).toBeLessThan(1000);
  });

  it('damage on the line, the same for the same seed', async () => {
    const heard = async (seed: number): Promise<string> => {
      const line = { flipped: 0.02, lost: 0.02, doubled: 0.02, swapped: 0.02 };
      const one = client({ line, seed, bootLog: 'abcdefghij'.repeat(50) });
      await one.wait(200);
      one.reader.flush();
      return one.other.join('');
    };
    expect(await heard(3)).toBe(await heard(3));
    expect(await heard(3)).not.toBe(await heard(4));
  });
});
