// What a device answers to each request, as the protocol says; faults of content are planted here.
import {
  encodeRecord,
  limits,
  type Data,
  type ErrorOf,
  type MessageName,
  type Part,
  type RecordOf,
  type ReplyOf,
  type Request,
} from '@wherry/device-protocol';
import { tensorDigest } from '../tensor-digest.js';
import type { DeviceFaults } from './device-faults.js';
import type { DeviceMemory, HeldRun } from './device-memory.js';
import type { SimulatedModel } from './reference-model.js';

export interface Answer<M extends MessageName = MessageName> {
  readonly values: ReplyOf<M>;
  readonly data: Data;
  /** Ticks that the device is busy before it answers. */
  readonly ticks?: number;
}

export interface Answering {
  readonly model: SimulatedModel;
  readonly faults: DeviceFaults;
  readonly memory: DeviceMemory;
  readonly identity: RecordOf<'IDENTITY'>;
  /** What the clock says. */
  clock(): number;
}

type Asked<M extends MessageName> = Extract<Request, { message: M }>;
type Answers = { readonly [M in MessageName]: (asked: Asked<M>, device: Answering) => Answer<M> | ErrorOf };

const none: Data = { offset: 0, bytes: new Uint8Array() };

export function answerTo(request: Request, device: Answering): Answer | ErrorOf {
  if (request.message !== 'HELLO' && device.memory.conversation === 0) return { error: 'STRANGER', detail: 0 };
  const answer = answers[request.message] as (asked: Request, device: Answering) => Answer | ErrorOf;
  return answer(request, device);
}

const answers: Answers = {
  HELLO: ({ values: { conversation }, part }, device) => {
    if (conversation === 0) return { error: 'RANGE', detail: 0 };
    device.memory.begin(conversation);
    return parted(encodeRecord('IDENTITY', device.identity), part, device, { conversation });
  },
  MEMORY: ({ part }, device) => {
    const { arenaBytes } = device.identity;
    const used = { arenaUsed: arenaBytes, stackBytes: 4096, stackUsed: 1024, heapBytes: 0, heapUsed: 0 };
    return parted(encodeRecord('MEMORY', { arenaBytes, ...used }), part, device);
  },
  SET_INPUT: ({ values: { input }, part: { offset }, data }, { memory }) => {
    if (memory.stands) return { error: 'BUSY', detail: memory.run!.number };
    const held = memory.inputs[input];
    if (held === undefined) return { error: 'RANGE', detail: memory.inputs.length };
    if (offset + data.length > held.length) return { error: 'RANGE', detail: held.length };
    held.set(data, offset);
    return { values: {}, data: none };
  },
  RUN: ({ values: { run: number, count, warmUp, stop }, part }, device) => {
    const { memory, model, faults } = device;
    if (number === 0 || count === 0 || stop === 0) return { error: 'RANGE', detail: 0 };
    if (number !== memory.run?.number && memory.stands) return { error: 'BUSY', detail: memory.run!.number };
    if (faults.runFails !== undefined) return { error: 'RUN_FAILED', detail: faults.runFails };
    const fresh = number !== memory.run?.number;
    const run = fresh ? memory.start(number, count, warmUp) : memory.run!;
    const whole = model.ticks.reduce((sum, one) => sum + one, 0);
    const before = fresh ? whole * (run.inferences - 1) : 0;
    const ticks = before + (stop > run.executed ? memory.goOn(run, stop) : 0);
    const record = { executed: run.executed, ticks: whole * count, inputs: run.inputs };
    return { ...parted(encodeRecord('RUN', record), part, device), ticks };
  },
  PROFILE: ({ values: { run: number }, part }, device) => {
    const run = ended(number, device);
    if ('error' in run) return run;
    const ticks = Uint32Array.from(device.model.ticks, (one) => Math.min(2 ** 32 - 1, one * run.count));
    return parted(new Uint8Array(ticks.buffer), part, device);
  },
  GET_OUTPUT: ({ values: { run: number, output }, part }, device) => {
    const run = ended(number, device);
    if ('error' in run) return run;
    if (run.inferences > 1) return { error: 'NO_RUN', detail: run.number };
    const bytes = run.outputs[output];
    return bytes === undefined ? { error: 'RANGE', detail: run.outputs.length } : tensor(bytes, run, part, device);
  },
  GET_TENSOR: ({ values: { run: number, tensor: position }, part }, device) => {
    const { memory, model, faults } = device;
    if (memory.run?.number !== number) return { error: 'NO_RUN', detail: memory.run?.number ?? 0 };
    const place = model.layout.tensors[position];
    if (place === undefined) return { error: 'RANGE', detail: model.layout.tensors.length };
    if (!memory.stands || memory.run.executed !== place.operator + 1)
      return { error: 'NOT_HELD', detail: memory.run.executed };
    const bytes = memory.run.tensors[position]!;
    return tensor(faults.wrongTensor === position ? withOtherBit(bytes) : bytes, memory.run, part, device);
  },
  SELF_TEST: ({ part }, device) => parted(encodeRecord('CLOCK', { ticks: device.clock() }), part, device),
  RESET: ({ values: { conversation } }, { memory }) =>
    conversation === memory.conversation ? { values: {}, data: none } : { error: 'STRANGER', detail: 0 },
};

/** A run of that number that is over. */
function ended(number: number, { memory }: Answering): HeldRun | ErrorOf {
  const { run } = memory;
  return run === null || run.number !== number || memory.stands ? { error: 'NO_RUN', detail: run?.number ?? 0 } : run;
}

function tensor(bytes: Uint8Array, run: HeldRun, part: Part, device: Answering): Answer<'GET_TENSOR'> | ErrorOf {
  const whole = new Uint8Array(bytes.length + 32);
  whole.set(bytes);
  whole.set(tensorDigest(run.inputs, bytes), bytes.length);
  const answer = parted(whole, part, device);
  return 'error' in answer ? answer : { ...answer, values: { total: whole.length + (device.faults.sizeLie ?? 0) } };
}

function withOtherBit(bytes: Uint8Array): Uint8Array {
  const other = bytes.slice();
  other[other.length >> 1]! ^= 1;
  return other;
}

function parted<V extends object>(
  whole: Uint8Array,
  { offset, length }: Part,
  { identity }: Answering,
  values?: V,
): { values: V & { total: number }; data: Data } | ErrorOf {
  if (offset > whole.length) return { error: 'RANGE', detail: whole.length };
  const most = Math.min(length, identity.dataBytes, limits.dataBytes);
  const data = { offset, bytes: whole.subarray(offset, offset + most) };
  return { values: { ...values!, total: whole.length }, data };
}
