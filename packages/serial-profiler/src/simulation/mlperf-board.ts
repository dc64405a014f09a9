// A board that speaks the text of MLPerf Tiny and nothing else, at the other end of any port; with faults on demand.
import type { Port } from '../port.js';
import type { Time } from '../time.js';

export interface MlperfModel {
  /** As the benchmark calls it. */
  readonly name: string;
  readonly inputBytes: number;
  /** Of one inference. */
  readonly microseconds: number;
  results(input: Uint8Array): readonly number[];
}

export interface MlperfFaults {
  /** Silent after so many answers. */
  readonly silentAfter?: number;
  /** It marks times on a pin instead of printing them. */
  readonly energy?: boolean;
  /** It does not know these commands. */
  readonly unknown?: readonly string[];
  /** So many inputs have a byte changed on their way. */
  readonly spoils?: number;
  /** How much faster its clock runs than it says. */
  readonly clockRate?: number;
  /** What its clock says at the start, in microseconds. */
  readonly clockFrom?: number;
  /** Printed among the lines of each answer. */
  readonly chatter?: string;
  /** In place of the results. */
  readonly results?: string;
}

export interface MlperfSettings {
  readonly port: Port;
  readonly time: Time;
  readonly model: MlperfModel;
  readonly faults?: MlperfFaults;
  readonly bootMs?: number;
}

const mostCharacters = 80;

export class MlperfBoard {
  /** Commands so far. */
  readonly commands: string[] = [];
  readonly #settings: MlperfSettings;
  readonly #faults: MlperfFaults;
  #listens = false;
  #command = '';
  #buffer = new Uint8Array();
  #loaded = 0;
  #spoiled = 0;
  #answers = 0;

  constructor(settings: MlperfSettings) {
    const { port, time, bootMs = 20 } = settings;
    this.#settings = settings;
    this.#faults = settings.faults ?? {};
    port.listen({ data: (bytes) => this.#receive(bytes), closed: () => undefined });
    time.after(bootMs, () => {
      this.#listens = true;
      this.#print(
        `m-timestamp-mode-${this.#faults.energy === true ? 'energy' : 'performance'}`,
        'm-init-done',
        'm-ready',
      );
    });
  }

  #receive(bytes: Uint8Array): void {
    if (!this.#listens) return;
    for (const byte of bytes) {
      if (byte !== 0x25) this.#command = (this.#command + String.fromCharCode(byte)).slice(0, mostCharacters);
      else {
        const command = this.#command;
        this.#command = '';
        this.#do(command);
      }
    }
  }

  #print(...lines: readonly string[]): void {
    if (this.#answers++ >= (this.#faults.silentAfter ?? Infinity)) return;
    this.#settings.port.write(Buffer.from(lines.map((line) => `${line}\r\n`).join('')));
  }

  #do(text: string): void {
    this.commands.push(text);
    const [name = '', ...values] = text.split(' ');
    const chatter = this.#faults.chatter === undefined ? [] : [this.#faults.chatter];
    if (name === 'infer') return this.#infer(Number(values[0]), Number(values[1] ?? 10));
    const isKnown = name in answers && this.#faults.unknown?.includes(text) !== true;
    this.#print(...chatter, ...(isKnown ? answers[name]!(this, values) : [`e-[Unknown command: ${name}]`]), 'm-ready');
  }

  #lap(): string[] {
    const { clockRate = 1, clockFrom = 0, energy } = this.#faults;
    const now = Math.floor((clockFrom + this.#settings.time.now() * 1000 * clockRate) % 2 ** 32);
    return energy === true ? [] : [`m-lap-us-${now}`];
  }

  #infer(count: number, warmUp: number): void {
    const { time, model } = this.#settings;
    if (!(count > 0)) return this.#print('e-[Inference iterations must be >0]', 'm-ready');
    const each = model.microseconds / 1000;
    const lines = [`m-warmup-start-${warmUp}`, 'm-warmup-done', `m-infer-start-${count}`];
    time.after(warmUp * each, () => {
      lines.push(...this.#lap());
      time.after(count * each, () =>
        this.#print(...lines, ...this.#lap(), 'm-infer-done', ...this.results(), 'm-ready'),
      );
    });
  }

  results(): string[] {
    const values = this.#settings.model.results(this.#buffer).map((one) => one.toFixed(3));
    return [`m-results-[${this.#faults.results ?? values.join(',')}]`];
  }

  lap(): string[] {
    return this.#lap();
  }

  who(): string[] {
    return ['m-name-dut-[simulated]'];
  }

  profile(): string[] {
    return ['m-profile-[simulated firmware]', `m-model-[${this.#settings.model.name}]`];
  }

  buffer([first = '', ...values]: readonly string[]): string[] {
    if (first === 'load') return this.#load(Number(values[0]));
    if (first === 'print') return this.#readBack();
    if (!/^([0-9a-f]{2})*$/i.test(first)) return ['e-[Insufficent number of hex digits]'];
    for (const byte of Buffer.from(first, 'hex')) {
      if (this.#loaded === this.#buffer.length) break;
      this.#buffer[this.#loaded++] = byte;
    }
    return this.#loaded === this.#buffer.length ? ['m-load-done'] : [];
  }

  #load(size: number): string[] {
    const { inputBytes } = this.#settings.model;
    if (!(size > 0)) return ["e-[Command 'db load' must be >0 bytes]"];
    if (size > inputBytes) return [`Supplied buffer size ${size} exceeds maximum of ${inputBytes}`];
    this.#buffer = new Uint8Array(size);
    this.#loaded = 0;
    return [`m-[Expecting ${size} bytes]`];
  }

  #readBack(): string[] {
    if (this.#spoiled++ < (this.#faults.spoils ?? 0)) this.#buffer[0]! ^= 1;
    const digits = [...this.#buffer].map((byte) => byte.toString(16).padStart(2, '0'));
    return Array.from(
      { length: Math.ceil(digits.length / 8) },
      (_, row) => `m-buffer-${digits.slice(8 * row, 8 * row + 8).join('-')}`,
    );
  }
}

const answers: Readonly<Record<string, (board: MlperfBoard, values: readonly string[]) => string[]>> = {
  name: (board) => board.who(),
  profile: (board) => board.profile(),
  timestamp: (board) => board.lap(),
  db: (board, values) => board.buffer(values),
  results: (board) => board.results(),
};
