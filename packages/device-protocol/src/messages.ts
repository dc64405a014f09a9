// Requests, replies and records as values: typed by the table, checked against it.
import { decodeFields, encodeFields, type ValuesOf } from './fields.js';
import { encodeFrame, type Frame } from './frame.js';
import {
  errorCodes,
  errorReply,
  messages,
  protocolVersion,
  records,
  replyBit,
  type ErrorName,
  type MessageName,
  type RecordName,
} from './message-table.js';
import { ProtocolFault } from './protocol-fault.js';

export type RequestOf<M extends MessageName> = ValuesOf<(typeof messages)[M]['request']>;
export type ReplyOf<M extends MessageName> = ValuesOf<(typeof messages)[M]['reply']>;
export type RecordOf<R extends RecordName> = ValuesOf<(typeof records)[R]['fields']>;

/** Which part of the whole it is about. */
export interface Part {
  readonly offset: number;
  readonly length: number;
}

/** Data that a frame carries, and where in the whole they begin. */
export interface Data {
  readonly offset: number;
  readonly bytes: Uint8Array;
}

export const nothing: Data = { offset: 0, bytes: new Uint8Array() };

type Named<M extends MessageName = MessageName> = { readonly [K in M]: { readonly message: K } }[M];

/** A request as the device takes it. */
export type Request = {
  readonly [M in MessageName]: {
    readonly message: M;
    readonly request: number;
    readonly values: RequestOf<M>;
    /** What is asked for, or what `data` fill. */
    readonly part: Part;
    readonly data: Uint8Array;
  };
}[MessageName];

export type Reply =
  | {
      readonly [M in MessageName]: {
        readonly message: M;
        readonly request: number;
        readonly values: ReplyOf<M>;
        readonly data: Data;
      };
    }[MessageName]
  | { readonly message: 'ERROR'; readonly request: number; readonly code: ErrorName; readonly detail: number }
  /** From a device of another version: its frame is sound, its content not ours to read. */
  | { readonly message: 'OTHER_VERSION'; readonly version: number };

const names = new Map<number, MessageName>(
  Object.entries(messages).map(([name, { type }]) => [type, name as MessageName]),
);
const errorNames = new Map<number, ErrorName>(
  Object.entries(errorCodes).map(([name, { code }]) => [code, name as ErrorName]),
);

/** A request that asks for a part, or for none. */
export function encodeRequest<M extends MessageName>(
  message: M,
  request: number,
  values: RequestOf<M>,
  part: Part = { offset: 0, length: 0 },
): Uint8Array {
  const { type, request: fields } = messages[message];
  return encodeFrame({ version: protocolVersion, type, request, ...part, body: encodeFields(fields, values) });
}

export function encodeInput(request: number, values: RequestOf<'SET_INPUT'>, data: Data): Uint8Array {
  const { type, request: fields } = messages.SET_INPUT;
  return encodeCarrier(type, request, encodeFields(fields, values), data);
}

export function encodeReply<M extends MessageName>(
  message: M,
  request: number,
  values: ReplyOf<M>,
  data: Data,
): Uint8Array {
  const { type, reply } = messages[message];
  return encodeCarrier(type | replyBit, request, encodeFields(reply, values), data);
}

export function encodeError(request: number, name: ErrorName, detail: number): Uint8Array {
  const body = encodeFields(errorReply.fields, { code: errorCodes[name].code, detail });
  return encodeCarrier(errorReply.type, request, body, nothing);
}

function encodeCarrier(type: number, request: number, fields: Uint8Array, { offset, bytes }: Data): Uint8Array {
  const body = new Uint8Array(fields.length + bytes.length);
  body.set(fields);
  body.set(bytes, fields.length);
  return encodeFrame({ version: protocolVersion, type, request, offset, length: bytes.length, body });
}

/** What a host sends, and no device does. */
export function isRequest({ type }: Frame): boolean {
  return (type & replyBit) === 0;
}

/** Throws ProtocolFault for a frame that is no reply of the table. */
export function decodeReply({ version, type, request, offset, length, body }: Frame): Reply {
  if (version !== protocolVersion) return { message: 'OTHER_VERSION', version };
  if (type === errorReply.type) {
    const { values, end } = decodeFields(errorReply.fields, body);
    const code = errorNames.get(values.code);
    if (code === undefined || end !== body.length) throw new ProtocolFault(`an error of unknown code ${values.code}`);
    return { message: 'ERROR', request, code, detail: values.detail };
  }
  const message = names.get(type ^ replyBit);
  if (message === undefined) throw new ProtocolFault(`${type} is the type of no reply`);
  const { values, end } = decodeFields(messages[message].reply, body);
  const bytes = body.subarray(end);
  if (bytes.length !== length) throw new ProtocolFault(`${message} carries ${bytes.length} bytes instead of ${length}`);
  if (length > 0 && typeof messages[message].data === 'string') throw new ProtocolFault(`${message} carries no data`);
  return { message, request, values, data: { offset, bytes } } as Named & Reply;
}

/** What the device makes of a frame: a request, or the error that it answers with. */
export function decodeRequest({ version, type, request, offset, length, body }: Frame): Request | ErrorOf {
  if (version !== protocolVersion) return { error: 'VERSION', detail: protocolVersion };
  const message = names.get(type);
  if (message === undefined) return { error: 'UNKNOWN', detail: type };
  const malformed = { error: 'MALFORMED', detail: body.length } as const;
  try {
    const { values, end } = decodeFields(messages[message].request, body);
    const data = body.subarray(end);
    if (data.length !== (messages[message].data === 'to device' ? length : 0)) return malformed;
    return { message, request, values, part: { offset, length }, data } as Named & Request;
  } catch (error) {
    if (error instanceof ProtocolFault) return malformed;
    throw error;
  }
}

export interface ErrorOf {
  readonly error: ErrorName;
  readonly detail: number;
}

export function encodeRecord<R extends RecordName>(name: R, values: RecordOf<R>): Uint8Array {
  return encodeFields(records[name].fields, values);
}

/** Throws ProtocolFault where the bytes are not those of the record, to the last. */
export function decodeRecord<R extends RecordName>(name: R, bytes: Uint8Array): RecordOf<R> {
  const { values, end } = decodeFields(records[name].fields, bytes);
  if (end !== bytes.length) throw new ProtocolFault(`${name} takes ${end} bytes, ${bytes.length} came`);
  return values;
}
