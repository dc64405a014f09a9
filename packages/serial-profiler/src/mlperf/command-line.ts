// One command at a time to a device that answers in lines of text and says when it is ready.
import { counted, printable, WherryError } from '@wherry/graph';
import { deviceDiagnostics } from '../link/diagnostics.js';
import { Heard } from '../link/heard.js';
import { echoed, longerStart, otherReaders, portGone, printed } from '../link/link-errors.js';
import type { Port } from '../port.js';
import type { Cancel, Time } from '../time.js';
import { mlperfDiagnostics } from './diagnostics.js';
import { TextLines } from './text-lines.js';

const terminator = '%';
const ready = 'm-ready';

interface Current {
  readonly command: string;
  readonly lines: string[];
  readonly resolve: (lines: readonly string[]) => void;
  readonly reject: (error: Error) => void;
}

export class CommandLine {
  readonly time: Time;
  readonly #port: Port;
  readonly #heard = new Heard();
  #heardAt = -Infinity;
  /** Commands that came back. */
  #echoes = 0;
  #answered = false;
  #current: Current | null = null;
  #gone: string | null = null;
  #cancel: Cancel = () => undefined;

  constructor(port: Port, time: Time) {
    this.#port = port;
    this.time = time;
    const lines = new TextLines((line) => this.#take(line));
    port.listen({
      data: (bytes) => {
        this.#heardAt = time.now();
        this.#heard.take(bytes, this.#heardAt);
        lines.push(bytes);
      },
      closed: (reason) => {
        this.#gone = reason;
        this.#fail(portGone(port, reason));
      },
    });
  }

  get portName(): string {
    return this.#port.name;
  }

  /** The lines of the answer. Throws DEVICE_SILENT where it does not end in time, MLPERF_REFUSED, LINK_LOST. */
  ask(command: string, withinMs: number): Promise<readonly string[]> {
    return new Promise((resolve, reject) => {
      if (this.#gone !== null) return reject(portGone(this.#port, this.#gone));
      this.#current = { command, lines: [], resolve, reject };
      this.#cancel = this.time.after(withinMs, () => this.#fail(this.silence(command, withinMs)));
      this.#port.write(Buffer.from(`${command}${terminator}`, 'latin1'));
    });
  }

  /** Until nothing has come for so long: late answers to what was asked before are over. */
  async quiet(forMs: number): Promise<void> {
    for (;;) {
      const wait = this.#heardAt + forMs - this.time.now();
      if (wait <= 0) return;
      await new Promise<void>((resolve) => this.time.after(wait, resolve));
    }
  }

  close(): void {
    this.#gone ??= 'it was closed';
    this.#port.close();
  }

  /** An answer that is not what it has to be. */
  contradiction(what: string): WherryError {
    return new WherryError(mlperfDiagnostics.MLPERF_CONTRADICTS, {
      what: printable(what),
      where: this.#port.name,
      next: 'check the cable and the speed, then run again; where it stays, hold the firmware against the harness of MLPerf Tiny',
    });
  }

  /** That nothing, or nothing whole, came for so long. */
  silence(command: string, withinMs: number): WherryError {
    const start = this.#heard.startsAgain();
    if (start !== null)
      return new WherryError(deviceDiagnostics.DEVICE_BOOT_LOOP, {
        what: `the device starts again and again instead of answering; each time it prints "${start}"${printed(this.#heard)}`,
        where: this.#port.name,
        next: 'look at its last lines for the fault, and flash firmware that runs',
      });
    const echoes = this.#echoes + this.#heard.count(`${command}${terminator}`);
    if (echoes > 0 && !this.#answered)
      return echoed(this.#port.name, this.#heard, counted(echoes, 'command'), withinMs / 1000);
    return new WherryError(deviceDiagnostics.DEVICE_SILENT, {
      what: `the device did not answer "${shortened(command)}" for ${withinMs / 1000} s${printed(this.#heard)}`,
      where: this.#port.name,
      next:
        this.#port.suspect?.() ??
        `check that this is its port and its speed, and that firmware for MLPerf Tiny is flashed; ${otherReaders}; press its reset button, then run again; ${longerStart}`,
    });
  }

  /** The device does not do it, in its own words. */
  refusal(command: string, words: string): WherryError {
    return new WherryError(mlperfDiagnostics.MLPERF_REFUSED, {
      what: `the device refuses "${shortened(command)}": ${shortened(words)}`,
      where: this.#port.name,
      next: 'give the model and the inputs that its firmware was built for; the firmware has to be the harness of MLPerf Tiny',
    });
  }

  #take(heard: string): void {
    const current = this.#current;
    if (current === null) return;
    const line = this.#withoutEcho(heard, `${current.command}${terminator}`);
    if (line !== ready) {
      if (line !== '') current.lines.push(line);
      return;
    }
    this.#answered = true;
    const refusal = current.lines.find((one) => one.startsWith('e-'));
    if (refusal !== undefined) {
      this.#fail(this.refusal(current.command, refusal));
      return;
    }
    this.#current = null;
    this.#cancel();
    current.resolve(current.lines);
  }

  /** What a line gives back stands in front of the first line of an answer. */
  #withoutEcho(line: string, sent: string): string {
    if (!line.startsWith(sent)) return line;
    this.#echoes++;
    return this.#withoutEcho(line.slice(sent.length), sent);
  }

  #fail(error: Error): void {
    const current = this.#current;
    this.#current = null;
    this.#cancel();
    current?.reject(error);
  }
}

function shortened(text: string): string {
  const most = 80;
  return printable(text.length > most ? `${text.slice(0, most)}…` : text);
}
