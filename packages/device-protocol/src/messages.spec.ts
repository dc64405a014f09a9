// Messages and records: every one there and back by values at the limits, and what is refused on either way.
import type { Fields, ValuesOf } from './fields.js';
import { fieldsBytes, textLimit } from './fields.js';
import { decodeFrame, type Frame } from './frame.js';
import {
  errorCodes,
  limits,
  messages,
  protocolVersion,
  records,
  type MessageName,
  type RecordName,
} from './message-table.js';
import {
  decodeRecord,
  decodeReply,
  decodeRequest,
  encodeError,
  encodeInput,
  encodeRecord,
  encodeReply,
  encodeRequest,
  nothing,
  type RecordOf,
} from './messages.js';

const messageNames = Object.keys(messages) as MessageName[];
const recordNames = Object.keys(records) as RecordName[];
const largest = {
  u8: 255,
  u16: 65535,
  u32: 2 ** 32 - 1,
  u64: 2 ** 53 - 1,
  hash: 'f0'.repeat(32),
  text: 'é'.repeat(32),
};
const valuesOf = <F extends Fields>(fields: F): ValuesOf<F> =>
  Object.fromEntries(Object.entries(fields).map(([name, { type }]) => [name, largest[type]])) as ValuesOf<F>;
const frameIn = (line: Uint8Array): Frame => decodeFrame(line.slice(1), line.length - 2)!;
const bytes = Uint8Array.of(0, 1, 2, 0);

it.each(messageNames)('%s goes there and back', (message) => {
  const { request, reply, data } = messages[message];
  const values = valuesOf(request) as never;
  const part = { offset: 2 ** 32 - 1, length: 65535 };
  if (data === 'to device') {
    const line = encodeInput(65535, values, { offset: part.offset, bytes });
    const there = { message, request: 65535, values, part: { ...part, length: 4 }, data: bytes };
    expect(decodeRequest(frameIn(line))).toEqual(there);
  } else {
    const there = { message, request: 65535, values, part, data: new Uint8Array() };
    expect(decodeRequest(frameIn(encodeRequest(message, 65535, values, part)))).toEqual(there);
  }
  const given = { offset: 3, bytes: typeof data === 'object' ? bytes : new Uint8Array() };
  const answer = valuesOf(reply) as never;
  const back = { message, request: 9, values: answer, data: given };
  expect(decodeReply(frameIn(encodeReply(message, 9, answer, given)))).toEqual(back);
});

it('keeps types of messages apart, and their fields within the limit', () => {
  const types = Object.values(messages).map(({ type }) => type);
  expect(new Set(types).size).toBe(types.length);
  expect(Math.max(...types)).toBeLessThan(0x7f);
  for (const { request, reply } of Object.values(messages))
    for (const fields of [request, reply]) expect(fieldsBytes(fields)).toBeLessThanOrEqual(limits.fieldBytes);
  for (const { fields } of Object.values(records)) expect(fieldsBytes(fields)).toBeLessThanOrEqual(limits.recordBytes);
  const codes = Object.values(errorCodes).map(({ code }) => code);
  expect(new Set(codes).size).toBe(codes.length);
});

it.each(recordNames)('the record %s goes there and back, and is none with a byte less or more', (name) => {
  const values = valuesOf(records[name].fields) as RecordOf<typeof name>;
  const record = encodeRecord(name, values);
  expect(decodeRecord(name, record)).toEqual(values);
  expect(() => decodeRecord(name, record.subarray(0, -1))).toThrow('ends behind');
  expect(() => decodeRecord(name, Uint8Array.of(...record, 0))).toThrow(`${record.length + 1} came`);
});

it.each(Object.keys(errorCodes) as (keyof typeof errorCodes)[])('the error %s comes through', (code) => {
  expect(decodeReply(frameIn(encodeError(4, code, 77)))).toEqual({ message: 'ERROR', request: 4, code, detail: 77 });
});

describe('a device answers', () => {
  const frame = frameIn(encodeRequest('GET_TENSOR', 1, { run: 1, tensor: 2 }));

  it.each([
    ['another version', { version: protocolVersion + 1 }, { error: 'VERSION', detail: protocolVersion }],
    ['a type of its own making', { type: 100 }, { error: 'UNKNOWN', detail: 100 }],
    ['fields that are cut short', { body: frame.body.subarray(0, 3) }, { error: 'MALFORMED', detail: 3 }],
    ['data where none belong', { body: Uint8Array.of(...frame.body, 5) }, { error: 'MALFORMED', detail: 5 }],
    [
      'other data than the header says',
      { type: messages.SET_INPUT.type, length: 9 },
      { error: 'MALFORMED', detail: 4 },
    ],
  ])('%s with an error', (_, change, error) => {
    expect(decodeRequest({ ...frame, ...change })).toEqual(error);
  });
});

describe('a host refuses', () => {
  const frame = frameIn(encodeReply('MEMORY', 1, { total: 4 }, { offset: 0, bytes }));

  it('to read another version, and says which', () => {
    expect(decodeReply({ ...frame, version: 9 })).toEqual({ message: 'OTHER_VERSION', version: 9 });
  });

  it.each([
    ['a type of no reply', { type: 0x70 }, 'the type of no reply'],
    ['a request', { type: 2 }, 'the type of no reply'],
    ['less data than the header says', { length: 5 }, 'carries 4 bytes instead of 5'],
    ['fields that are cut short', { body: bytes.subarray(0, 3) }, 'total ends behind the 3 bytes'],
    ['data in a reply without', { type: messages.RESET.type | 0x80 }, 'carries 8 bytes instead of 4'],
    ['an error without a name', { type: 0xff, body: Uint8Array.of(99, 0, 0, 0, 0) }, 'unknown code 99'],
  ])('%s', (_, change, words) => {
    expect(() => decodeReply({ ...frame, ...change })).toThrow(words);
  });

  it('data in a reply that has none', () => {
    const reset = frameIn(encodeReply('RESET', 1, {}, nothing));
    expect(() => decodeReply({ ...reset, length: 1, body: Uint8Array.of(1) })).toThrow('RESET carries no data');
  });

  it('texts that are too long or no UTF-8, and clocks beyond 2^53', () => {
    const identity = encodeRecord('IDENTITY', valuesOf(records.IDENTITY.fields));
    const long = Uint8Array.from([textLimit + 1, ...new Uint8Array(600)]);
    expect(() => decodeRecord('IDENTITY', long)).toThrow('a text of 65 bytes');
    expect(() => decodeRecord('IDENTITY', identity.with(2, 0x41))).toThrow('firmware is no UTF-8');
    expect(() => decodeRecord('CLOCK', new Uint8Array(8).fill(255))).toThrow('more than 2^53');
  });

  it('to send what a field cannot hold', () => {
    expect(() => encodeRequest('HELLO', 1, { conversation: -1 })).toThrow('conversation is no u32: -1');
    expect(() => encodeRequest('RUN', 1, { run: 1, count: 1.5, warmUp: 0, stop: 0 })).toThrow('count is no u32');
    const identity = valuesOf(records.IDENTITY.fields);
    expect(() => encodeRecord('IDENTITY', { ...identity, chip: 'x'.repeat(65) })).toThrow('chip takes 65 bytes');
    expect(() => encodeRecord('IDENTITY', { ...identity, model: 'abc' })).toThrow('model is no SHA-256');
  });
});
