// One conversation over a port: sends what a transfer asks for, hears replies among anything, and bears silence for so long.
import { decodeReply, FrameReader, isRequest, limits, ProtocolFault, type Frame } from '@wherry/device-protocol';
import type { Port } from '../port.js';
import type { Cancel, Time } from '../time.js';
import { findConversion } from './find-conversion.js';
import { FrameSize } from './frame-size.js';
import { Heard } from './heard.js';
import { LastBytes } from './last-bytes.js';
import { noAnswer, otherVersion, portGone } from './link-errors.js';
import { longer, Noise } from './noise.js';
import type { LinkPolicy } from './policy.js';
import { Refusal } from './refusal.js';
import { Success } from './success.js';
import { RoundTrips, type Waiting } from './round-trips.js';
import { Contradiction, Transfer, type Job, type LineState, type Outcome } from './transfer.js';

/** A line is noisy where fewer of the tries come through, and noise is heard. */
const fewFrames = 0.5;
/** Of what came, as it came: enough to see what the line does to it. */
const latelyBytes = 8192;
/** When a port is asked again whether all has gone out. */
const postponeMs = 5;

export interface LinkSettings {
  readonly port: Port;
  readonly time: Time;
  readonly policy: LinkPolicy;
  /** Numbers of requests go on from here: one of another conversation is not taken for one of this. */
  readonly firstRequest: number;
}

/** How a transfer waits, where it is not as usual. */
export interface Patience {
  /** The device may be silent for so long because it works. */
  readonly busyMs?: number;
  readonly waiting?: Waiting;
  readonly size?: FrameSize;
}

interface Current {
  readonly transfer: Transfer;
  readonly waiting: Waiting;
  readonly busyMs: number;
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (error: Error) => void;
  /** When a frame was whole for the last time. */
  wholeAt: number;
}

export class Link {
  readonly heard = new Heard();
  readonly policy: LinkPolicy;
  readonly time: Time;
  readonly #port: Port;
  readonly #reader: FrameReader;
  readonly #size = new FrameSize();
  readonly #success = new Success();
  readonly #lately = new LastBytes(latelyBytes);
  readonly #trips: RoundTrips;
  readonly #noise: Noise;
  #windowBytes: number = limits.leastDataBytes;
  #request: number;
  #heardAt = -Infinity;
  #answered = false;
  /** Frames of this end that came back. */
  #echoes = 0;
  #current: Current | null = null;
  #gone: string | null = null;
  #cancel: Cancel = () => undefined;

  constructor({ port, time, policy, firstRequest }: LinkSettings) {
    this.#port = port;
    this.time = time;
    this.policy = policy;
    this.#request = firstRequest & 0xffff;
    this.#trips = new RoundTrips(policy);
    this.#noise = new Noise(policy);
    this.#reader = new FrameReader({
      frame: (frame) => this.#takeFrame(frame),
      other: (bytes) => {
        if (this.heard.take(bytes, time.now())) this.#noise.heard(bytes.length, time.now());
      },
    });
    port.listen({ data: (bytes) => this.#hear(bytes), closed: (reason) => this.#end(reason) });
  }

  get portName(): string {
    return this.#port.name;
  }

  get isRecorded(): boolean {
    return this.#port.isRecorded === true;
  }

  /** What the device takes at most, once it has said so. */
  limit({ dataBytes, windowBytes }: { readonly dataBytes: number; readonly windowBytes: number }): void {
    this.#size.limit(Math.min(dataBytes, limits.dataBytes));
    this.#windowBytes = Math.min(windowBytes, limits.windowBytes);
  }

  /** One at a time. Rejects with WherryError, Refusal or Contradiction. */
  async transfer(job: Job, { busyMs = 0, waiting = this.#trips, size = this.#size }: Patience = {}): Promise<Outcome> {
    if (this.#current !== null) throw new Error('one transfer at a time');
    if (this.#gone !== null) throw portGone(this.#port, this.#gone);
    return new Promise((resolve, reject) => {
      const transfer = new Transfer(job, { success: this.#success, noise: this.#noise }, size, waiting);
      this.#current = { transfer, waiting, busyMs, resolve, reject, wholeAt: this.time.now() };
      this.#go();
    });
  }

  close(): void {
    this.#gone ??= 'it was closed';
    this.#port.close();
  }

  #go(): void {
    const current = this.#current!;
    const next = (): number => (this.#request = (this.#request + 1) & 0xffff);
    current.transfer.send(this.#state(), next, (line) => this.#port.write(line));
    this.#wake(Math.min(current.transfer.deadline(this.#state()), this.#borneUntil(current)));
  }

  #wake(at: number): void {
    this.#cancel();
    this.#cancel = this.time.after(at - this.time.now(), () => this.#tick());
  }

  #state(): LineState {
    const now = this.time.now();
    const noisy = this.#success.share < fewFrames && now - this.heard.noiseAt < this.policy.noisyMs;
    return { now, heardAt: this.#heardAt, windowBytes: this.#windowBytes, noisy };
  }

  #borneUntil(current: Current): number {
    const { silentMs, noisyMs } = this.policy;
    const { wholeAt, busyMs } = current;
    const { noisy, now } = this.#state();
    if (!noisy) return wholeAt + busyMs + silentMs;
    // A device that is heard all the while is not busy.
    return Math.min(wholeAt + busyMs + Math.max(silentMs, longer * noisyMs), this.#noise.borneUntil(now));
  }

  #tick(): void {
    const current = this.#current;
    if (current === null) return;
    const now = this.time.now();
    if (now >= this.#borneUntil(current)) {
      this.#reader.flush();
      // What has no end yet may tell that there is noise after all.
      if (now >= this.#borneUntil(current)) {
        const { noisy } = this.#state();
        const suspect = this.#port.suspect?.() ?? null;
        const [answered, echoes] = [this.#answered, this.#echoes + this.heard.requestsShown()];
        const conversion = findConversion(this.#lately.all());
        const silence = { forMs: now - current.wholeAt, noisy, answered, suspect, echoes, conversion };
        this.#fail(noAnswer(this.#port.name, this.heard, silence));
        return;
      }
    }
    const state = this.#state();
    // What has not gone out yet cannot be late.
    if (this.#port.waiting() > 0) this.#wake(Math.min(now + postponeMs, this.#borneUntil(current)));
    else {
      if (current.transfer.giveUp(state) && !state.noisy) current.waiting.silent();
      this.#go();
    }
  }

  #hear(bytes: Uint8Array): void {
    this.#lately.take(bytes);
    this.#reader.push(bytes);
    this.#heardAt = this.time.now();
  }

  #end(reason: string): void {
    this.#gone = reason;
    this.#fail(portGone(this.#port, reason));
  }

  #takeFrame(frame: Frame): void {
    // An echo need not keep a device from answering.
    if (isRequest(frame)) {
      this.#echoes++;
      return;
    }
    const current = this.#current;
    if (current === null) return;
    try {
      const outcome = this.#outcomeOf(frame, current);
      if (outcome === undefined) return;
      current.wholeAt = this.time.now();
      this.#noise.frame(current.wholeAt);
      this.#answered = true;
      if (outcome === null) {
        this.#go();
        return;
      }
      this.#current = null;
      this.#cancel();
      current.resolve(outcome);
    } catch (error) {
      this.#fail(error as Error);
    }
  }

  #fail(error: Error): void {
    const current = this.#current;
    this.#current = null;
    this.#cancel();
    current?.reject(error);
  }

  /** Undefined for a frame that has nothing to do with the transfer. */
  #outcomeOf(frame: Frame, current: Current): Outcome | null | undefined {
    const { transfer } = current;
    if (!transfer.isOwn(frame.request)) return undefined;
    try {
      const reply = decodeReply(frame);
      if (reply.message === 'OTHER_VERSION') throw otherVersion(this.#port.name, reply.version);
      if (reply.message === 'ERROR') throw new Refusal(reply.code, reply.detail);
      return transfer.take(reply, this.#state());
    } catch (error) {
      if (error instanceof ProtocolFault) throw new Contradiction(error.message);
      throw error;
    }
  }
}
