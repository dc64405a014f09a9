// A device in this process: boots, answers, is busy while it runs its model, and has faults on demand.
import {
  decodeRequest,
  encodeError,
  encodeFrame,
  encodeReply,
  errorCodes,
  errorReply,
  FrameReader,
  limits,
  type Data,
  type ErrorOf,
  type Frame,
  type MessageName,
  type RecordOf,
} from '@wherry/device-protocol';
import type { Time } from '../time.js';
import { answerTo, type Answering } from './device-answers.js';
import type { DeviceFaults } from './device-faults.js';
import { DeviceMemory } from './device-memory.js';
import type { Chance } from './chance.js';
import type { SimulatedModel } from './reference-model.js';

export interface DeviceSettings {
  readonly model: SimulatedModel;
  readonly time: Time;
  readonly chance: Chance;
  readonly faults?: DeviceFaults;
  /** Milliseconds from a start to the first answer. */
  readonly bootMs?: number;
  readonly bootLog?: string;
}

/** What the device is wired to. */
export interface Wire {
  send(bytes: Uint8Array): void;
  /** Milliseconds until all that was sent has gone out. */
  busyFor(): number;
  /** What was sent and has not gone out yet is lost. */
  cut(): void;
}

const clockHz = 1_000_000;

export class SimulatedDevice {
  /** How often it has started. */
  starts = 0;
  readonly identity: RecordOf<'IDENTITY'>;
  readonly #settings: DeviceSettings;
  readonly #faults: DeviceFaults;
  readonly #wire: Wire;
  #memory: DeviceMemory;
  #reader: FrameReader;
  /** What arrived while it could not read. */
  #waiting: Uint8Array[] = [];
  #frames: Frame[] = [];
  #state: 'boots' | 'listens' | 'works' | 'off' = 'boots';
  #replies = 0;
  #carried = 0;

  constructor(settings: DeviceSettings, wire: Wire) {
    this.#settings = settings;
    this.#faults = settings.faults ?? {};
    this.#wire = wire;
    this.identity = { ...identityOf(settings.model), ...this.#faults.identity };
    this.#memory = new DeviceMemory(settings.model);
    this.#reader = this.#newReader();
    this.start();
    if (this.#faults.restartsEvery !== undefined) this.#restartLater(this.#faults.restartsEvery);
  }

  start(): void {
    const { time, bootMs = 5, bootLog = '', model } = this.#settings;
    this.starts++;
    this.#wire.cut();
    this.#memory = new DeviceMemory(model);
    this.#reader = this.#newReader();
    this.#waiting = [];
    this.#frames = [];
    this.#state = 'boots';
    if (bootLog !== '') this.#wire.send(Buffer.from(bootLog));
    const started = this.starts;
    time.after(bootMs, () => {
      if (started !== this.starts) return;
      if (this.#faults.bootLoop === true) this.start();
      else this.#state = 'listens';
    });
  }

  /** Without power: nothing happens any more. */
  stop(): void {
    this.#state = 'off';
    // What was going on is of an earlier start.
    this.starts++;
  }

  receive(bytes: Uint8Array): void {
    // What comes before the receiver is set up is lost, and what finds its memory full.
    if (this.#state === 'listens') this.#reader.push(bytes);
    else if (this.#state === 'works' && this.#waitingBytes() + bytes.length <= this.identity.windowBytes)
      this.#waiting.push(bytes.slice());
  }

  #waitingBytes(): number {
    return this.#waiting.reduce((sum, { length }) => sum + length, 0);
  }

  get #answering(): Answering {
    const { time, model } = this.#settings;
    const { clockRate = 1 } = this.#faults;
    const clock = (): number => Math.floor((time.now() * clockHz * clockRate) / 1000);
    return { model, faults: this.#faults, memory: this.#memory, identity: this.identity, clock };
  }

  #restartLater(meanMs: number): void {
    const { time, chance } = this.#settings;
    time.after(-Math.log(1 - chance()) * meanMs, () => {
      if (this.#state === 'off') return;
      this.start();
      this.#restartLater(meanMs);
    });
  }

  #newReader(): FrameReader {
    return new FrameReader({ frame: (frame) => this.#take(frame), other: () => undefined });
  }

  #take(frame: Frame): void {
    if (this.#state === 'works') this.#frames.push(frame);
    else this.#answer(frame);
  }

  #answer(frame: Frame): void {
    const { version } = this.#faults;
    if (version !== undefined) {
      this.#reply(errorOfVersion(frame.request, version));
      return;
    }
    const request = decodeRequest(frame);
    const answer = 'error' in request ? request : answerTo(request, this.#answering);
    if ('error' in request || 'error' in answer) {
      const { error, detail } = 'error' in answer ? answer : (request as ErrorOf);
      this.#reply(encodeError(frame.request, error, detail));
      return;
    }
    const line = encodeReply(
      request.message,
      frame.request,
      answer.values as never,
      this.#spoiled(request.message, answer.data),
    );
    this.#work(answer.ticks ?? 0, () => {
      this.#reply(line);
      if (request.message === 'RESET') this.#startLater();
    });
  }

  /** Once the reply has gone out; until then it listens no more. */
  #startLater(): void {
    this.#state = 'boots';
    this.#settings.time.after(this.#wire.busyFor(), () => {
      if (this.#state !== 'off') this.start();
    });
  }

  /** Does what it has to, then what has come meanwhile. */
  #work(ticks: number, then: () => void): void {
    if (ticks === 0) {
      then();
      return;
    }
    const started = this.starts;
    this.#state = 'works';
    this.#settings.time.after((1000 * ticks) / clockHz, () => {
      if (started !== this.starts) return;
      this.#state = 'listens';
      then();
      const frames = this.#frames.splice(0);
      const waiting = this.#waiting.splice(0);
      for (const frame of frames) this.#take(frame);
      for (const bytes of waiting) this.receive(bytes);
    });
  }

  #reply(line: Uint8Array): void {
    const { silentAfter = Infinity, chatter } = this.#faults;
    if (this.#replies++ >= silentAfter) return;
    if (chatter !== undefined && this.#replies % chatter.every === 0) this.#wire.send(Buffer.from(chatter.text));
    this.#wire.send(line);
  }

  #spoiled(message: MessageName, { offset, bytes }: Data): Data {
    const { spoils } = this.#faults;
    const isTensor = message === 'GET_OUTPUT' || message === 'GET_TENSOR';
    if (spoils === undefined || !isTensor || ++this.#carried % spoils !== 0) return { offset, bytes };
    const other = bytes.slice();
    other[this.#carried % other.length]! ^= 1 << (this.#carried & 7);
    return { offset, bytes: other };
  }
}

function errorOfVersion(request: number, version: number): Uint8Array {
  const body = new Uint8Array(5);
  body[0] = errorCodes.VERSION.code;
  body[1] = version;
  return encodeFrame({ version, type: errorReply.type, request, offset: 0, length: 0, body });
}

function identityOf({ layout, hash }: SimulatedModel): RecordOf<'IDENTITY'> {
  const { inputs, outputs, operators, tensors } = layout;
  const arenaBytes = [...inputs, ...outputs, ...tensors.map(({ bytes }) => bytes)].reduce((sum, one) => sum + one, 0);
  return {
    firmware: 'simulated 1',
    chip: 'simulated',
    runtime: 'reference',
    runtimeCommit: '',
    profile: 'host-reference',
    model: hash,
    arenaBytes,
    clockHz,
    dataBytes: limits.dataBytes,
    windowBytes: limits.windowBytes,
    inputs: inputs.length,
    outputs: outputs.length,
    operators,
    tensors: tensors.length,
  };
}
