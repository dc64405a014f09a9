// One request in all its parts: which are on their way, what came back, when to ask again.
import { frameOverhead, limits, type MessageName, type Part, type Reply } from '@wherry/device-protocol';
import type { FrameSize } from './frame-size.js';
import type { Noise } from './noise.js';
import { Parts } from './parts.js';
import type { Success } from './success.js';
import type { Waiting } from './round-trips.js';

/** What is to go through. */
export interface Job {
  readonly message: MessageName;
  /** Bytes of the whole, where they are known; otherwise the most that are taken: 0 for a message without data. */
  readonly total: number | { readonly atMost: number };
  /** Of a whole whose bytes are known: what is before it is not wanted. */
  readonly from?: number;
  /** The frame for a part. */
  encode(request: number, part: Part): Uint8Array;
  /** Where the data go that came; for a job that gives data, that a part has arrived. */
  store(offset: number, bytes: Uint8Array): void;
  /** Whether the reply is to this very request. */
  readonly isReply?: (reply: Reply) => boolean;
  /** It carries data to the device. */
  readonly carries?: boolean;
}

export interface Outcome {
  readonly total: number;
  /** Of the try that was answered last. */
  readonly sentAt: number;
  readonly receivedAt: number;
}

interface Try {
  readonly part: Part;
  readonly order: number;
  readonly sentAt: number;
  readonly toDevice: number;
  readonly fromDevice: number;
}

/** Bytes of fields, at most, that a reply has in front of its data. */
const replyFields = 8;

/** Tries on their way at a time, at most, where one would do on a sound line. */
const mostCopies = 128;

/** What the link knows besides. */
export interface LineState {
  readonly now: number;
  /** When bytes came for the last time before those that come now. */
  readonly heardAt: number;
  /** What the device can receive while it is busy. */
  readonly windowBytes: number;
  /** Frames are damaged on it. */
  readonly noisy: boolean;
}

/** What a device says that cannot be. */
export class Contradiction extends Error {
  override readonly name = 'Contradiction';
}

export class Transfer {
  readonly job: Job;
  readonly #success: Success;
  readonly #noise: Noise;
  readonly #size: FrameSize;
  readonly #waiting: Waiting;
  /** Requests on their way, the oldest first. */
  readonly #flying = new Map<number, Try>();
  /** Every try, as a reply may come late. */
  readonly #tries = new Map<number, Try>();
  #parts: Parts | null;
  #sent = 0;
  #repliedAt = -Infinity;

  constructor(
    job: Job,
    { success, noise }: { readonly success: Success; readonly noise: Noise },
    size: FrameSize,
    waiting: Waiting,
  ) {
    this.job = job;
    this.#success = success;
    this.#noise = noise;
    this.#size = size;
    this.#waiting = waiting;
    this.#parts = typeof job.total === 'number' ? new Parts(job.total, job.from) : null;
  }

  /** When something is to be done if nothing more comes; Infinity: never. Replies come one behind the other. */
  deadline({ heardAt }: LineState): number {
    const [oldest] = this.#flying.values();
    if (oldest === undefined) return Infinity;
    const { sentAt, toDevice, fromDevice } = oldest;
    return Math.min(
      Math.max(sentAt, heardAt) + this.#waiting.waitMs(toDevice + fromDevice),
      // Whatever else the device may print all the while.
      Math.max(sentAt, this.#repliedAt) + this.#waiting.mostMs,
    );
  }

  /** Sends what there is room for. */
  send(line: LineState, next: () => number, write: (bytes: Uint8Array) => void): void {
    for (let part = this.#nextPart(); part !== null; part = this.#nextPart()) {
      if (this.#try(part, line, next, write)) continue;
      this.#parts?.giveBack(part);
      return;
    }
    if (!line.noisy) return;
    // Where few tries come through, as many are made at once as it takes for one of them.
    const copies = Math.min(mostCopies, 1 / this.#success.share);
    const parts = Array.from(this.#flying.values(), ({ part }) => part);
    for (let at = 0; this.#flying.size < copies && this.#flyingBytes() < this.#waiting.mostBytes; at++)
      if (!this.#try(parts[at % parts.length]!, line, next, write)) return;
  }

  /** Takes back all that is on its way, where the oldest was not answered in time. Whether it was so. */
  giveUp(line: LineState): boolean {
    if (line.now < this.deadline(line)) return false;
    for (const request of this.#flying.keys()) this.#lose(request);
    return true;
  }

  /** The outcome once all is there, null before; undefined for what is no reply to it. Throws Contradiction. */
  take(
    reply: Exclude<Reply, { message: 'ERROR' | 'OTHER_VERSION' }>,
    { now, heardAt }: LineState,
  ): Outcome | null | undefined {
    const one = this.#tries.get(reply.request);
    if (one === undefined || reply.message !== this.job.message || this.job.isReply?.(reply) === false)
      return undefined;
    const flew = this.#flying.delete(reply.request);
    this.#tries.delete(reply.request);
    this.#waiting.took(now - Math.max(one.sentAt, heardAt), one.toDevice + one.fromDevice);
    this.#repliedAt = now;
    // Replies come in the order of the requests: those before it are lost.
    for (const [request, { order }] of this.#flying) {
      if (order > one.order) break;
      this.#lose(request);
    }
    const came = this.job.carries === true ? one.part : this.#partIn(reply, one.part);
    this.job.store(came.offset, 'data' in reply ? reply.data.bytes : new Uint8Array());
    const parts = (this.#parts ??= new Parts(0));
    if (flew) parts.giveBack(one.part);
    parts.came(came);
    this.#size.cameThrough();
    this.#success.cameThrough();
    return parts.whole ? { total: parts.total, sentAt: one.sentAt, receivedAt: now } : null;
  }

  isOwn(request: number): boolean {
    return this.#tries.has(request);
  }

  #nextPart(): Part | null {
    if (this.#parts !== null) return this.#parts.take(this.#size.bytes);
    const { atMost } = this.job.total as { atMost: number };
    return this.#flying.size > 0 ? null : { offset: 0, length: Math.min(atMost, this.#size.bytes) };
  }

  /** Whether there was room for it; there is for one. */
  #try(part: Part, line: LineState, next: () => number, write: (bytes: Uint8Array) => void): boolean {
    const request = next();
    const bytes = this.job.encode(request, part);
    const fromDevice = frameOverhead + replyFields + (this.job.carries === true ? 0 : part.length);
    const one = { part, order: this.#sent++, sentAt: line.now, toDevice: bytes.length, fromDevice };
    if (this.#flying.size > 0 && !this.#hasRoom(one, line.windowBytes)) return false;
    this.#flying.set(request, one);
    this.#tries.set(request, one);
    this.#noise.asked(fromDevice);
    write(bytes);
    return true;
  }

  #hasRoom(one: Try, windowBytes: number): boolean {
    let [toDevice, fromDevice] = [one.toDevice, one.fromDevice];
    for (const other of this.#flying.values()) {
      toDevice += other.toDevice;
      fromDevice += other.fromDevice;
    }
    return toDevice <= windowBytes && fromDevice <= limits.windowBytes;
  }

  #flyingBytes(): number {
    let bytes = 0;
    for (const { toDevice, fromDevice } of this.#flying.values()) bytes += toDevice + fromDevice;
    return bytes;
  }

  #lose(request: number): void {
    const { part } = this.#flying.get(request)!;
    this.#flying.delete(request);
    this.#parts?.giveBack(part);
    this.#size.wasLost();
    this.#success.wasLost();
  }

  #partIn(reply: Extract<Reply, { data: unknown }>, asked: Part): Part {
    const { total } = reply.values as { total: number };
    const { offset, bytes } = reply.data;
    if (this.#parts === null) {
      const { atMost } = this.job.total as { atMost: number };
      if (total > atMost) throw new Contradiction(`${this.job.message} is ${total} bytes, at most ${atMost} can be`);
      this.#parts = new Parts(total);
    }
    if (total !== this.#parts.total)
      throw new Contradiction(`${this.job.message} is ${total} bytes, it has to be ${this.#parts.total}`);
    if (offset !== asked.offset || bytes.length > asked.length || (bytes.length === 0 && total > 0))
      throw new Contradiction(
        `${this.job.message} gives ${bytes.length} bytes from ${offset}, asked for ${asked.length} from ${asked.offset}`,
      );
    return { offset, length: bytes.length };
  }
}
