// The work with one device: what it is asked, and asked anew where it has started in between.
import type { RecordOf } from '@wherry/device-protocol';
import { counted, WherryError } from '@wherry/graph';
import { deviceDiagnostics } from '../link/diagnostics.js';
import { Link } from '../link/link.js';
import { printed } from '../link/link-errors.js';
import { emulatedPolicy, usualPolicy, type LinkPolicy } from '../link/policy.js';
import { Refusal } from '../link/refusal.js';
import { Contradiction } from '../link/transfer.js';
import type { Port } from '../port.js';
import { inputsDigest } from '../tensor-digest.js';
import type { Time } from '../time.js';
import { hasTensor, readBytes, readRecord, readTensor, restart, run, setInput, toTheEnd } from './calls.js';
import { testClock, type ClockTest } from './clock-test.js';
import { explained } from './explained.js';
import { greet, type ExpectedDevice, type Identity } from './greet.js';

export interface SessionRequest {
  readonly port: Port;
  readonly time: Time;
  readonly expected: ExpectedDevice;
  /** Numbers that no earlier session had, from 0 up to below 2^32. */
  readonly number: () => number;
  readonly policy?: Partial<LinkPolicy>;
}

export interface TimedRun {
  /** Of all timed inferences together. */
  readonly ticks: number;
  /** Of each operator; null where there were more than the device counts. */
  readonly operators: readonly (number | null)[];
}

interface BegunRun {
  readonly number: number;
  /** SHA-256 of its inputs. */
  readonly inputs: string;
}

/** What a device answers when it does not know any more what it was told. */
const forgotten: ReadonlySet<string> = new Set(['STRANGER', 'NO_RUN', 'NOT_HELD', 'BUSY']);
const notCounted = 2 ** 32 - 1;

/** The inputs were not those that were set: the device started while they were. */
class Forgotten extends Error {}

export class Session {
  readonly #link: Link;
  readonly #request: SessionRequest;
  #conversation = 0;
  #identity: Identity | null = null;
  #greeted = false;
  #runs = 0;
  #restarts = 0;

  private constructor(request: SessionRequest) {
    const policy = { ...usualPolicy, ...(request.port.isEmulated === true && emulatedPolicy), ...request.policy };
    this.#link = new Link({ port: request.port, time: request.time, policy, firstRequest: request.number() });
    this.#request = request;
  }

  /** Throws WherryError for a device that does not answer or is not the one expected; the port is closed then. */
  static async open(request: SessionRequest): Promise<Session> {
    const session = new Session(request);
    try {
      await session.#anew(async () => undefined);
      return session;
    } catch (error) {
      session.close();
      throw error;
    }
  }

  get identity(): Identity {
    return this.#identity!;
  }

  memory(): Promise<RecordOf<'MEMORY'>> {
    return this.#anew(async () => (await readRecord(this.#link, 'MEMORY', 'MEMORY', {})).record);
  }

  /** The outputs of one inference. */
  infer(inputs: readonly Uint8Array[]): Promise<readonly Uint8Array[]> {
    return this.#anew(async () => this.#outputs(await this.#runTo(toTheEnd, inputs)));
  }

  /** What every operator writes, in the order of execution, and the outputs. `see` is called once for each tensor. */
  async layers(
    inputs: readonly Uint8Array[],
    see: (tensor: number, bytes: Uint8Array) => void,
  ): Promise<readonly Uint8Array[]> {
    const { tensors } = this.#request.expected.layout;
    let seen = 0;
    return this.#anew(async () => {
      let begun: BegunRun | null = null;
      // After a restart another run goes on at the tensor where this one was.
      for (; seen < tensors.length; seen++) {
        const { operator, bytes } = tensors[seen]!;
        begun = await this.#runTo(operator + 1, begun ?? inputs);
        const asked = { message: 'GET_TENSOR', values: { run: begun.number, tensor: seen } } as const;
        see(seen, await readTensor(this.#link, asked, bytes, begun.inputs));
      }
      return this.#outputs(await this.#runTo(toTheEnd, begun ?? inputs));
    });
  }

  /**
   * Holds what every operator writes against what it should: only digests go over the line where it is that. `differs` is called
   * once for each tensor that is another. Gives the outputs.
   */
  async compare(
    inputs: readonly Uint8Array[],
    expected: readonly Uint8Array[],
    differs: (tensor: number, bytes: Uint8Array) => void,
  ): Promise<readonly Uint8Array[]> {
    const { tensors } = this.#request.expected.layout;
    let seen = 0;
    return this.#anew(async () => {
      let begun: BegunRun | null = null;
      for (; seen < tensors.length; seen++) {
        begun = await this.#runTo(tensors[seen]!.operator + 1, begun ?? inputs);
        const asked = { message: 'GET_TENSOR', values: { run: begun.number, tensor: seen } } as const;
        if (await hasTensor(this.#link, asked, expected[seen]!, begun.inputs)) continue;
        const bytes = await readTensor(this.#link, asked, expected[seen]!.length, begun.inputs);
        // Where only the digest was spoiled, the tensor is the right one.
        if (Buffer.compare(bytes, expected[seen]!) !== 0) differs(seen, bytes);
      }
      return this.#outputs(await this.#runTo(toTheEnd, begun ?? inputs));
    });
  }

  /** Ticks of so many inferences, after others that are not counted. */
  time(
    inputs: readonly Uint8Array[],
    { count, warmUp }: { readonly count: number; readonly warmUp: number },
  ): Promise<TimedRun> {
    return this.#anew(async () => {
      const { number, ticks } = await this.#runTo(toTheEnd, inputs, count, warmUp);
      const { operators } = this.#request.expected.layout;
      const { bytes } = await readBytes(this.#link, 'PROFILE', { run: number }, 4 * operators);
      const view = new DataView(bytes.buffer, bytes.byteOffset);
      const each = Array.from({ length: operators }, (_, at) => view.getUint32(4 * at, true));
      return { ticks, operators: each.map((one) => (one === notCounted ? null : one)) };
    });
  }

  /** The rate of the device's clock, held against this machine's; null where it counts instructions. Throws DEVICE_CLOCK. */
  testClock(windowMs: number): Promise<ClockTest | null> {
    return this.#anew(() => testClock(this.#link, this.identity.clockHz, windowMs));
  }

  /** Starts the device anew and greets it. */
  async restart(): Promise<void> {
    try {
      await restart(this.#link, this.#conversation);
    } catch (error) {
      // It has started already, and only its reply was lost.
      if (!isForgotten(error)) throw explained(this.#link, error);
    }
    this.#greeted = false;
    await this.#anew(async () => undefined);
  }

  /** How often the device has started anew in the middle of the work, and was asked again. */
  get restarts(): number {
    return this.#restarts;
  }

  close(): void {
    this.#link.close();
  }

  /** Does it, and anew in a new conversation where the device has started in between. */
  async #anew<T>(act: () => Promise<T>): Promise<T> {
    for (let restarts = 0; ; restarts++) {
      try {
        if (!this.#greeted) await this.#greet();
        return await act();
      } catch (error) {
        if (!isForgotten(error)) throw explained(this.#link, error);
        this.#greeted = false;
        this.#restarts++;
        if (restarts === this.#link.policy.restarts) throw this.#restarted(restarts + 1);
      }
    }
  }

  async #greet(): Promise<void> {
    // 0 is none.
    this.#conversation = 1 + (this.#request.number() % 0xffff_ffff);
    this.#identity = await greet(this.#link, this.#conversation, this.#request.expected);
    this.#greeted = true;
  }

  /** A run of these inputs, or the one that is under way, up to so many operators. */
  async #runTo(
    stop: number,
    from: BegunRun | readonly Uint8Array[],
    count = 1,
    warmUp = 0,
  ): Promise<BegunRun & { readonly ticks: number }> {
    const begun = 'number' in from ? from : await this.#setInputs(from);
    const asked = { run: begun.number, count, warmUp, stop, busyMs: this.#link.policy.runMs };
    const { inputs, executed, ticks } = await run(this.#link, asked);
    if (inputs !== begun.inputs) throw new Forgotten('the inputs are not those that were set');
    const until = Math.min(stop, this.#request.expected.layout.operators);
    if (executed !== until) throw new Contradiction(`${executed} operators were executed instead of ${until}`);
    return { ...begun, ticks };
  }

  async #setInputs(inputs: readonly Uint8Array[]): Promise<BegunRun> {
    const { layout } = this.#request.expected;
    const sizes = inputs.map(({ length }) => length);
    if (sizes.join() !== layout.inputs.join())
      throw new RangeError(`inputs of ${sizes.join()} bytes instead of ${layout.inputs.join()}`);
    for (const [position, bytes] of inputs.entries()) await setInput(this.#link, position, bytes);
    this.#runs = (this.#runs % 0xffff) + 1;
    return { number: this.#runs, inputs: inputsDigest(inputs) };
  }

  async #outputs({ number, inputs }: BegunRun): Promise<readonly Uint8Array[]> {
    const outputs: Uint8Array[] = [];
    for (const [output, size] of this.#request.expected.layout.outputs.entries())
      outputs.push(
        await readTensor(this.#link, { message: 'GET_OUTPUT', values: { run: number, output } }, size, inputs),
      );
    return outputs;
  }

  #restarted(times: number): WherryError {
    return new WherryError(deviceDiagnostics.DEVICE_RESTARTS, {
      what: `the device started anew ${counted(times, 'time')} in the middle of this piece of work${printed(this.#link.heard)}`,
      where: this.#link.portName,
      next: 'give it a larger stack or a slower watchdog, check its supply, then run again',
    });
  }
}

function isForgotten(error: unknown): boolean {
  return error instanceof Forgotten || (error instanceof Refusal && forgotten.has(error.code));
}
