// A board that speaks the text of MLPerf Tiny: who it is, an input, inferences with their time and results.
// The commands are those of the public harness (mlcommons/tiny, benchmark/api): each ends with %, each answer with m-ready.
import { WherryError } from '@wherry/graph';
import type { Port } from '../port.js';
import { clockTest, type ClockTest } from '../session/clock-test.js';
import { timeWindows, type Timing, type WindowPolicy } from '../session/time-windows.js';
import type { Time } from '../time.js';
import { CommandLine } from './command-line.js';
import { mlperfDiagnostics } from './diagnostics.js';

export interface MlperfPolicy {
  /** How often the name is asked for until it is answered, and for how long. */
  readonly nameMs: number;
  readonly silentMs: number;
  /** How long a command may take that does not infer. */
  readonly commandMs: number;
  /** How long inferences may take. */
  readonly runMs: number;
  /** How often an input is loaded that does not arrive as it is. */
  readonly loads: number;
}

export const usualMlperf: MlperfPolicy = { nameMs: 500, silentMs: 5000, commandMs: 2000, runMs: 60_000, loads: 3 };

export interface MlperfRun {
  /** Of all timed inferences together. */
  readonly microseconds: number;
  readonly results: readonly number[];
}

/** Bytes of an input in one command: it has 80 characters at most. */
const bytesOfCommand = 31;
/** Times are printed in 32 bits. */
const timesWrapAt = 2 ** 32;
/** Shares of the time from command to answer: beyond them a time was damaged on its way, or the clock is far off. */
const tooLong = 1.5;
const tooShort = 0.5;
/** What command and answer may take on the line. */
const lineMs = 500;
/** What a command that is not answered ends in. */
const silent: ReadonlySet<string> = new Set(['DEVICE_SILENT', 'DEVICE_BOOT_LOOP', 'LINK_ECHO']);
/** The text says microseconds. */
const ticksPerSecond = 1_000_000;

export class MlperfDevice {
  readonly #line: CommandLine;
  readonly #policy: MlperfPolicy;
  #name = '';
  #model = '';

  private constructor(line: CommandLine, policy: MlperfPolicy) {
    this.#line = line;
    this.#policy = policy;
  }

  /** Throws WherryError where nothing answers; the port is closed then. */
  static async open(port: Port, time: Time, policy: Partial<MlperfPolicy> = {}): Promise<MlperfDevice> {
    const device = new MlperfDevice(new CommandLine(port, time), { ...usualMlperf, ...policy });
    try {
      await device.#greet();
      return device;
    } catch (error) {
      device.close();
      throw error;
    }
  }

  get name(): string {
    return this.#name;
  }

  /** As the benchmark calls it, e.g. `ic01`; empty where the device does not say. */
  get model(): string {
    return this.#model;
  }

  /** Bytes as the firmware's model takes them; they are read back, as the text has no checksum. */
  async load(input: Uint8Array): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        await this.#loadOnce(input);
        return;
      } catch (error) {
        if (attempt === this.#policy.loads || !isBadLoad(error)) throw error;
        await this.#line.quiet(this.#policy.nameMs);
      }
    }
  }

  /** Of the input loaded last. */
  async infer({ count, warmUp }: { readonly count: number; readonly warmUp: number }): Promise<MlperfRun> {
    const { time } = this.#line;
    const asked = time.now();
    const lines = await this.#line.ask(`infer ${count} ${warmUp}`, this.#policy.runMs);
    const elapsedMs = time.now() - asked;
    const start = lines.findIndex((line) => line.startsWith('m-infer-start-'));
    const done = lines.indexOf('m-infer-done');
    if (lines[start] !== `m-infer-start-${count}` || done < start)
      throw this.#line.contradiction(`${count} inferences were asked for, "${lines[start] ?? ''}" is answered`);
    const times = lines.slice(start, done).flatMap(timesOf);
    if (times.length === 0) throw this.#noTime();
    const [first, second] = times;
    if (times.length !== 2)
      throw this.#line.contradiction(`${times.length} times were printed around the inferences, not 2`);
    const microseconds = (second! - first! + timesWrapAt) % timesWrapAt;
    // A digit that was lost is found where it counts: the text has no checksum.
    const allMs = (microseconds / 1000) * (1 + warmUp / count);
    if (allMs > tooLong * elapsedMs || allMs < tooShort * elapsedMs - lineMs)
      throw this.#line.contradiction(
        `${microseconds} us for ${count} inferences cannot be: with the warm-up the answer took ${Math.round(elapsedMs)} ms`,
      );
    return { microseconds, results: this.#resultsOf(lines) };
  }

  /** Of the last inference. */
  async results(): Promise<readonly number[]> {
    return this.#resultsOf(await this.#line.ask('results', this.#policy.commandMs));
  }

  /** Microseconds that its clock says. */
  async timestamp(): Promise<number> {
    const lines = await this.#line.ask('timestamp', this.#policy.commandMs);
    const [time] = lines.flatMap(timesOf);
    if (time === undefined) throw this.#noTime();
    return time;
  }

  /** Throws DEVICE_CLOCK where its microseconds are not those of this machine. */
  testClock(windowMs: number): Promise<ClockTest> {
    const { time, portName } = this.#line;
    const read = async (): Promise<{ ticks: number; at: number; within: number }> => {
      const sentAt = time.now();
      const ticks = await this.timestamp();
      const within = (time.now() - sentAt) / 2;
      return { ticks, at: sentAt + within, within };
    };
    return clockTest({ read, time, where: portName, statedHz: ticksPerSecond, windowMs, wrapsAt: timesWrapAt });
  }

  /** In windows, of the input loaded last. */
  timing(policy?: WindowPolicy): Promise<Timing> {
    const time = async (_: readonly Uint8Array[], run: { count: number; warmUp: number }) => {
      const { microseconds } = await this.infer(run);
      return { ticks: microseconds, operators: [] };
    };
    return timeWindows({ identity: { clockHz: ticksPerSecond }, time }, [], policy);
  }

  close(): void {
    this.#line.close();
  }

  async #greet(): Promise<void> {
    const { nameMs, silentMs } = this.#policy;
    const { time } = this.#line;
    const start = time.now();
    while (this.#name === '') {
      try {
        const lines = await this.#line.ask('name', Math.min(nameMs, silentMs));
        const name = firstOf(lines, /^m-name-[^[]*\[(.+)\]$/);
        if (name === null) throw this.#line.contradiction(`the name is answered by "${lines.join(' ')}"`);
        this.#name = name;
      } catch (error) {
        const code = error instanceof WherryError ? error.definition.code : '';
        const isSilent = silent.has(code);
        // A command that the start of the device cut short is refused, or answered among other text.
        if (!isSilent && code !== 'MLPERF_REFUSED' && code !== 'MLPERF_CONTRADICTS') throw error;
        if (time.now() - start >= silentMs) throw isSilent ? this.#line.silence('name', silentMs) : error;
        if (!isSilent) await this.#line.quiet(nameMs);
      }
    }
    // Each name that was asked for may still be answered.
    await this.#line.quiet(nameMs);
    this.#model = firstOf(await this.#optional('profile'), /^m-model-\[(.*)\]$/) ?? '';
  }

  /** No lines where the firmware does not know the command. */
  async #optional(command: string): Promise<readonly string[]> {
    try {
      return await this.#line.ask(command, this.#policy.commandMs);
    } catch (error) {
      if (error instanceof WherryError && error.definition.code === 'MLPERF_REFUSED') return [];
      throw error;
    }
  }

  async #loadOnce(input: Uint8Array): Promise<void> {
    const { commandMs } = this.#policy;
    const expecting = await this.#line.ask(`db load ${input.length}`, commandMs);
    if (!expecting.some((line) => line.includes(`Expecting ${input.length} bytes`)))
      throw this.#line.refusal(`db load ${input.length}`, expecting.join(' '));
    let last: readonly string[] = [];
    for (let at = 0; at < input.length; at += bytesOfCommand)
      last = await this.#line.ask(`db ${hex(input.subarray(at, at + bytesOfCommand))}`, commandMs);
    if (!last.includes('m-load-done'))
      throw this.#line.contradiction(`${input.length} bytes were sent, and the device does not say that all are there`);
    const buffer = await this.#optional('db print');
    const read = buffer.flatMap((line) => /^m-buffer-([0-9a-f]{2}(?:-[0-9a-f]{2})*)$/i.exec(line)?.[1] ?? []);
    if (buffer.length > 0 && read.join('-').replaceAll('-', '').toLowerCase() !== hex(input))
      throw this.#line.contradiction('the bytes of the input that the device reads back are not those that were sent');
  }

  #resultsOf(lines: readonly string[]): readonly number[] {
    // The reference of visual wake words ends its row with a comma.
    const text = firstOf(lines, /^m-results-\[(.*?),?\]$/);
    const values = text?.split(',').map((one) => (/^\s*-?\d+(\.\d+)?(e[+-]?\d+)?\s*$/i.test(one) ? Number(one) : NaN));
    if (values === undefined || values.some(Number.isNaN))
      throw this.#line.contradiction(`the results are no row of numbers: "${text ?? lines.join(' ')}"`);
    return values;
  }

  #noTime(): WherryError {
    return new WherryError(mlperfDiagnostics.MLPERF_NO_TIME, {
      what: 'the device printed no time of its clock',
      where: this.#line.portName,
      next: 'build its firmware for performance, not for energy (EE_CFG_ENERGY_MODE 0), and flash it',
    });
  }
}

function isBadLoad(error: unknown): boolean {
  const again = ['MLPERF_CONTRADICTS', 'MLPERF_REFUSED', 'DEVICE_SILENT'];
  return error instanceof WherryError && again.includes(error.definition.code);
}

function timesOf(line: string): number[] {
  const time = /^m-lap-us-(\d{1,10})$/.exec(line);
  return time === null ? [] : [Number(time[1])];
}

function firstOf(lines: readonly string[], pattern: RegExp): string | null {
  for (const line of lines) {
    const found = pattern.exec(line);
    if (found !== null) return found[1]!;
  }
  return null;
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
