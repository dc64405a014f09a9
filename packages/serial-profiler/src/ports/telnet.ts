// Telnet as far as a shared serial port needs it (RFC 854, 855, 856): data among commands, and what is agreed on.

export const telnet = { SE: 240, SB: 250, WILL: 251, WONT: 252, DO: 253, DONT: 254, IAC: 255 } as const;
export const options = { BINARY: 0, SUPPRESS_GO_AHEAD: 3, COM_PORT: 44 } as const;

export interface TelnetEvents {
  /** A view that holds during the call only. */
  data(bytes: Uint8Array): void;
  /** One of WILL, WONT, DO, DONT. */
  option(verb: number, option: number): void;
  subnegotiation(option: number, values: readonly number[]): void;
}

/** Longer ones are of no option that is asked for: they are passed over. */
const mostValues = 64;

type State = 'data' | 'command' | 'verb' | 'values' | 'valuesCommand';

/** Takes bytes in any pieces; keeps at most `mostValues` of them. */
export class TelnetReader {
  readonly #events: TelnetEvents;
  #state: State = 'data';
  #verb = 0;
  #values: number[] = [];

  constructor(events: TelnetEvents) {
    this.#events = events;
  }

  push(bytes: Uint8Array): void {
    let from = 0;
    for (let at = 0; at < bytes.length; at++) {
      const byte = bytes[at]!;
      if (this.#state === 'data') {
        if (byte !== telnet.IAC) continue;
        this.#give(bytes.subarray(from, at));
        this.#state = 'command';
      } else {
        // The second of two is data itself.
        from = this.#state === 'command' && byte === telnet.IAC ? at : at + 1;
        this.#step(byte);
      }
    }
    if (this.#state === 'data') this.#give(bytes.subarray(from));
  }

  #give(bytes: Uint8Array): void {
    if (bytes.length > 0) this.#events.data(bytes);
  }

  #step(byte: number): void {
    switch (this.#state) {
      case 'command':
        this.#state = byte === telnet.SB ? 'values' : byte >= telnet.WILL && byte <= telnet.DONT ? 'verb' : 'data';
        this.#verb = byte;
        this.#values = [];
        return;
      case 'verb':
        this.#state = 'data';
        this.#events.option(this.#verb, byte);
        return;
      case 'values':
        if (byte === telnet.IAC) this.#state = 'valuesCommand';
        else this.#keep(byte);
        return;
      case 'valuesCommand':
        this.#state = byte === telnet.SE ? 'data' : 'values';
        if (byte === telnet.IAC) this.#keep(byte);
        else if (byte === telnet.SE) this.#endOfValues();
        return;
      case 'data':
    }
  }

  #keep(byte: number): void {
    if (this.#values.length <= mostValues) this.#values.push(byte);
  }

  #endOfValues(): void {
    const [option, ...values] = this.#values;
    if (option !== undefined && values.length < mostValues) this.#events.subnegotiation(option, values);
  }
}

/** Data with each 255 in them twice. */
export function escaped(bytes: Uint8Array): Uint8Array {
  const more = bytes.reduce((sum, byte) => sum + (byte === telnet.IAC ? 1 : 0), 0);
  const line = new Uint8Array(bytes.length + more);
  let at = 0;
  for (const byte of bytes) {
    line[at++] = byte;
    if (byte === telnet.IAC) line[at++] = byte;
  }
  return line;
}

export function option(verb: number, which: number): Uint8Array {
  return Uint8Array.of(telnet.IAC, verb, which);
}

export function subnegotiation(which: number, values: readonly number[]): Uint8Array {
  const inside = escaped(Uint8Array.from(values));
  return Uint8Array.of(telnet.IAC, telnet.SB, which, ...inside, telnet.IAC, telnet.SE);
}
