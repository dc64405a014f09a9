// The one table of what host and device say to each other. Code of both sides and docs/protocol.md are made from it.
import type { Field, Fields, FieldType } from './fields.js';

const field =
  <T extends FieldType>(type: T) =>
  (says: string): Field<T> => ({ type, says });
const [u8, u16, u32, u64, hash, text] = [
  field('u8'),
  field('u16'),
  field('u32'),
  field('u64'),
  field('hash'),
  field('text'),
];

/** Raised by every change that the other side would take for something else. The header never changes its form. */
export const protocolVersion = 1;

export const limits = {
  /** Bytes of data in a frame, at most; a device may take less. */
  dataBytes: 1024,
  /** What every device takes and gives in a frame. */
  leastDataBytes: 32,
  /** Bytes of a message's fields, at most. */
  fieldBytes: 16,
  /** Bytes of requests and asked-for data that are on their way at a time. */
  windowBytes: 4096,
  /** Bytes of a record, at most. */
  recordBytes: 1024,
} as const;

/** In front of every frame. */
export const header = {
  version: u8('of the protocol'),
  type: u8('of the message; a reply has 128 more than its request'),
  request: u16('a number that the host gives a request, and the device its reply'),
  offset: u32('where in the whole the data begin that are carried or asked for'),
  length: u16('bytes of data that are carried or asked for'),
} as const satisfies Fields;

export const replyBit = 0x80;

/** What is too long for a frame and so is asked for in parts. */
export const records = {
  IDENTITY: {
    says: 'What the device is and what it runs',
    fields: {
      firmware: text('the version of the agent, its compiler and its kernels'),
      chip: text('the chip'),
      runtime: text('the runtime of the model'),
      runtimeCommit: text('the version of the runtime, to the commit where it has one'),
      profile: text('the device profile that the firmware was made for'),
      model: hash('SHA-256 of the model file'),
      arenaBytes: u32('bytes of memory that the model has to work in'),
      clockHz: u32('ticks of the clock in a second; 0 where it counts executed instructions'),
      dataBytes: u16('bytes of data in a frame that the device takes and gives at most'),
      windowBytes: u16('bytes that the device can receive while it is busy'),
      inputs: u8('inputs of the model'),
      outputs: u8('outputs of the model'),
      operators: u16('operators that a run executes'),
      tensors: u16('tensors that operators write'),
    },
  },
  MEMORY: {
    says: 'Memory in bytes; what the device cannot know is 4294967295',
    fields: {
      arenaBytes: u32('the arena'),
      arenaUsed: u32('what the model uses of it'),
      stackBytes: u32('the stack'),
      stackUsed: u32('the most that was used of it since the start'),
      heapBytes: u32('the heap'),
      heapUsed: u32('what is used of it'),
    },
  },
  RUN: {
    says: 'What became of a run',
    fields: {
      executed: u16('operators executed so far; all of them where the run is over'),
      ticks: u64('of the clock in all timed inferences together'),
      inputs: hash('SHA-256 of all inputs in their order, as they were when the run began'),
    },
  },
  CLOCK: { says: 'The clock', fields: { ticks: u64('as the request was answered') } },
} as const satisfies { readonly [name: string]: { readonly says: string; readonly fields: Fields } };

export type RecordName = keyof typeof records;

interface Message {
  readonly type: number;
  readonly says: string;
  readonly request: Fields;
  readonly reply: Fields;
  /** What goes through in parts: to the device, or from it; a reply with parts says how large the whole is. */
  readonly data: 'none' | 'to device' | { readonly record: RecordName } | { readonly of: string };
}

/** With the inputs in it, bytes of another run, or of one that a restart has cut short, are never taken for these. */
const tensorData = {
  of: 'the bytes of the tensor, and behind them SHA-256 of `inputs` in the record RUN and of these bytes',
};
const total = u32('bytes of the whole');
const run = u16('the number, other than 0, that the host gave the run');

export const messages = {
  HELLO: {
    type: 1,
    says: 'Who is there? It begins a conversation: what was before is forgotten once ' + 'another number comes',
    request: { conversation: u32('a number of the host, other than 0') },
    reply: { conversation: u32('the same'), total },
    data: { record: 'IDENTITY' },
  },
  MEMORY: { type: 2, says: 'What memory is used', request: {}, reply: { total }, data: { record: 'MEMORY' } },
  SET_INPUT: {
    type: 3,
    says: 'Puts a part of an input where the model reads it. What the part said before is written over',
    request: { input: u8('position of the input') },
    reply: {},
    data: 'to device',
  },
  RUN: {
    type: 4,
    says:
      'Runs the model. The first inference begins with states of zeros, where the model keeps any, and each later one goes on from the one ' +
      'before it. A number of a run that is there already runs nothing anew: with a later stop the run goes on to it, and ' +
      'the record is given again. The inputs are spent by it, and not to be set while it stands still. After more than one inference the outputs are of no meaning and ' +
      'are not given',
    request: {
      run,
      count: u32(
        'timed inferences, at least 1; with those before them no more than 1 where the firmware does not keep the inputs',
      ),
      warmUp: u16('inferences before them'),
      stop: u16('operators after which the run stands still, so that what they wrote can be read; 65535: it does not'),
    },
    reply: { total },
    data: { record: 'RUN' },
  },
  PROFILE: {
    type: 5,
    says: 'Ticks of every operator in all timed inferences together; 4294967295 where they are more than fit',
    request: { run },
    reply: { total },
    data: { of: 'one u32 for each operator' },
  },
  GET_OUTPUT: {
    type: 6,
    says: 'A part of an output of a run of one inference that is over',
    request: { run, output: u8('position of the output') },
    reply: { total },
    data: tensorData,
  },
  GET_TENSOR: {
    type: 7,
    says: 'A part of a tensor that the operator wrote at which the run stands still',
    request: { run, tensor: u16('position among the tensors that operators write, in the order of execution') },
    reply: { total },
    data: tensorData,
  },
  SELF_TEST: {
    type: 8,
    says: "What the clock says now: two of these, held against the host's clock, show its rate",
    request: {},
    reply: { total },
    data: { record: 'CLOCK' },
  },
  RESET: {
    type: 9,
    says: 'Starts the device anew, once the reply is sent',
    request: { conversation: u32('that of HELLO: a late copy resets no later conversation') },
    reply: {},
    data: 'none',
  },
} as const satisfies { readonly [name: string]: Message };

export type MessageName = keyof typeof messages;

/** A reply of its own, to whatever request. */
export const errorReply = {
  type: 0xff,
  fields: { code: u8('what is wrong'), detail: u32('the figure to it') },
} as const satisfies { type: number; fields: Fields };

export const errorCodes = {
  VERSION: { code: 1, says: 'this version of the protocol is not spoken', detail: 'the version that is' },
  UNKNOWN: { code: 2, says: 'there is no such message', detail: 'its type' },
  MALFORMED: { code: 3, says: 'the body is not that of the message', detail: 'its bytes' },
  RANGE: { code: 4, says: 'a position, part or count lies outside of what there is', detail: 'the first that does' },
  STRANGER: { code: 5, says: 'no conversation has begun since the start, or another one', detail: '0' },
  NO_RUN: { code: 6, says: 'that run is not the last one, or not one that gives this', detail: 'the last run' },
  NOT_HELD: { code: 7, says: 'the tensor is not in memory now', detail: 'operators executed' },
  BUSY: { code: 9, says: 'a run stands still, which has to go on first', detail: 'its number' },
  RUN_FAILED: { code: 8, says: 'the runtime failed', detail: 'its own code' },
} as const;

export type ErrorName = keyof typeof errorCodes;
