// The requests of the protocol as calls on a link.
import {
  decodeRecord,
  encodeInput,
  encodeRequest,
  limits,
  ProtocolFault,
  type MessageName,
  type RecordName,
  type RecordOf,
  type RequestOf,
} from '@wherry/device-protocol';
import { Contradiction } from '../link/transfer.js';
import type { Job, Outcome } from '../link/transfer.js';
import type { Link, Patience } from '../link/link.js';
import { tensorDigest } from '../tensor-digest.js';

/** The number that says that a run goes on to its end. */
export const toTheEnd = 0xffff;

export interface RunRequest extends RequestOf<'RUN'> {
  /** How long it may take. */
  readonly busyMs: number;
}

type Readable = Exclude<MessageName, 'SET_INPUT' | 'RESET'>;

export async function readBytes<M extends Readable>(
  link: Link,
  message: M,
  values: RequestOf<M>,
  total: Job['total'],
  options: Patience & Pick<Job, 'isReply' | 'from'> = {},
): Promise<{ bytes: Uint8Array; outcome: Outcome }> {
  // A length from outside is not allocated: it is held against this before.
  const bytes = new Uint8Array(typeof total === 'number' ? total : total.atMost);
  const outcome = await link.transfer(
    {
      message,
      total,
      encode: (request, part) => encodeRequest(message, request, values, part),
      store: (offset, data) => bytes.set(data, offset),
      ...(options.isReply !== undefined && { isReply: options.isReply }),
      ...(options.from !== undefined && { from: options.from }),
    },
    options,
  );
  return { bytes: bytes.subarray(0, outcome.total), outcome };
}

export async function readRecord<M extends Readable, R extends RecordName>(
  link: Link,
  message: M,
  record: R,
  values: RequestOf<M>,
  options: Patience & Pick<Job, 'isReply'> = {},
): Promise<{ record: RecordOf<R>; outcome: Outcome }> {
  const total = { atMost: limits.recordBytes };
  const { bytes, outcome } = await readBytes(link, message, values, total, options);
  try {
    return { record: decodeRecord(record, bytes), outcome };
  } catch (error) {
    if (error instanceof ProtocolFault) throw new Contradiction(error.message);
    throw error;
  }
}

export async function setInput(link: Link, input: number, bytes: Uint8Array): Promise<void> {
  await link.transfer({
    message: 'SET_INPUT',
    total: bytes.length,
    carries: true,
    encode: (request, { offset, length }) =>
      encodeInput(request, { input }, { offset, bytes: bytes.subarray(offset, offset + length) }),
    store: () => undefined,
  });
}

/** Acknowledged, that is: the device starts once its reply has gone out. */
export async function restart(link: Link, conversation: number): Promise<void> {
  await link.transfer({
    message: 'RESET',
    total: { atMost: 0 },
    carries: true,
    encode: (request) => encodeRequest('RESET', request, { conversation }),
    store: () => undefined,
  });
}

export async function run(link: Link, { busyMs, ...values }: RunRequest): Promise<RecordOf<'RUN'>> {
  return (await readRecord(link, 'RUN', 'RUN', values, { busyMs })).record;
}

type TensorRequest =
  | { readonly message: 'GET_OUTPUT'; readonly values: RequestOf<'GET_OUTPUT'> }
  | { readonly message: 'GET_TENSOR'; readonly values: RequestOf<'GET_TENSOR'> };

/** Behind the bytes of a tensor. */
const digestBytes = 32;

/** Whether the device has this very tensor, of the run with these inputs: its digest alone goes over the line. */
export async function hasTensor(
  link: Link,
  asked: TensorRequest,
  tensor: Uint8Array,
  inputs: string,
): Promise<boolean> {
  const total = tensor.length + digestBytes;
  const { bytes } = await readBytes(link, asked.message, asked.values, total, { from: tensor.length });
  return Buffer.compare(tensorDigest(inputs, tensor), bytes.subarray(tensor.length)) === 0;
}

/** A tensor of so many bytes, of the run with these inputs. Throws Contradiction where its digest is another one each time. */
export async function readTensor(link: Link, asked: TensorRequest, size: number, inputs: string): Promise<Uint8Array> {
  for (let fetched = 0; fetched < link.policy.fetches; fetched++) {
    const { bytes } = await readBytes(link, asked.message, asked.values, size + digestBytes);
    const tensor = bytes.subarray(0, size);
    if (Buffer.compare(tensorDigest(inputs, tensor), bytes.subarray(size)) === 0) return tensor;
  }
  const position = 'tensor' in asked.values ? `tensor ${asked.values.tensor}` : `output ${asked.values.output}`;
  throw new Contradiction(`the digest of ${position} is not that of its bytes and of the inputs`);
}
