// What client and server of a shared serial port agree on, and the commands for its speed and lines (RFC 2217).
import type { Socket } from 'node:net';
import { WherryError } from '@wherry/graph';
import { portDiagnostics } from './diagnostics.js';
import { noSuchSpeed } from './port-errors.js';
import { option, options, subnegotiation, telnet, TelnetReader } from './telnet.js';

/** Commands of the client; a server answers with 100 more. */
export const commands = { SET_BAUD: 1, SET_DATA_BITS: 2, SET_PARITY: 3, SET_STOP_BITS: 4, SET_CONTROL: 5 } as const;
const suspend = 108;
const resume = 109;
const answered = 100;
export const control = { noFlow: 1, dtrOn: 8, dtrOff: 9, rtsOn: 11, rtsOff: 12 } as const;
/** Without them bytes are changed on the way, or there is no speed to set. */
const needed = [
  [telnet.WILL, options.COM_PORT, telnet.DO],
  [telnet.WILL, options.BINARY, telnet.DO],
  [telnet.DO, options.BINARY, telnet.WILL],
] as const;

/** What is awaited of the server: a verb of an option, or the answer to a command. */
interface Awaited {
  readonly key: string;
  readonly timer: NodeJS.Timeout;
  readonly resolve: (values: readonly number[]) => void;
  readonly reject: (error: Error) => void;
}

export class Negotiation {
  readonly #socket: Socket;
  readonly #name: string;
  readonly #withinMs: number;
  readonly #agreed = new Set<string>();
  readonly #awaited: Awaited[] = [];

  constructor(socket: Socket, name: string, withinMs: number, data: (bytes: Uint8Array) => void) {
    this.#socket = socket;
    this.#name = name;
    this.#withinMs = withinMs;
    const reader = new TelnetReader({
      data,
      option: (verb, which) => this.#option(verb, which),
      subnegotiation: (which, values) => {
        if (which === options.COM_PORT) this.#command(values);
      },
    });
    socket.on('data', (bytes) => reader.push(bytes));
    socket.on('close', () => this.#fail(this.#notShared('the server closed the connection')));
  }

  /** Asks for all that is needed; go-ahead is spoken of because some servers ask back for it. */
  async agree(): Promise<void> {
    const answers = needed.map(([, which, yes]) => this.#await(`${yes} ${which}`, 'the server did not agree to it'));
    for (const [verb, which] of needed) this.#say(verb, which);
    this.#say(telnet.DO, options.SUPPRESS_GO_AHEAD);
    await Promise.all(answers);
  }

  async setBaud(baud: number): Promise<void> {
    const bytes = [baud >>> 24, (baud >>> 16) & 255, (baud >>> 8) & 255, baud & 255];
    const [a = 0, b = 0, c = 0, d = 0] = await this.ask(commands.SET_BAUD, bytes);
    const set = ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
    if (set !== baud) throw noSuchSpeed(this.#name, baud, `the server set ${set}`);
  }

  ask(command: number, values: readonly number[], withinMs = this.#withinMs): Promise<readonly number[]> {
    const answer = this.#await(`command ${command}`, `the server did not answer command ${command}`, withinMs);
    this.#socket.write(subnegotiation(options.COM_PORT, [command, ...values]));
    return answer;
  }

  #say(verb: number, which: number): void {
    this.#agreed.add(`${verb} ${which}`);
    this.#socket.write(option(verb, which));
  }

  #option(verb: number, which: number): void {
    this.#settle(`${verb} ${which}`, []);
    const isRefusal = verb === telnet.WONT || verb === telnet.DONT;
    if (isRefusal) {
      const asked = needed.find(([own, what]) => what === which && (own === telnet.DO) === (verb === telnet.WONT));
      if (asked !== undefined) this.#fail(this.#notShared(`the server refused option ${which}`));
      return;
    }
    this.#answer(verb, which);
  }

  /** What was not said yet is answered once: anything else would go to and fro for ever. */
  #answer(verb: number, which: number): void {
    const isOffer = verb === telnet.WILL;
    const [yes, no] = isOffer ? [telnet.DO, telnet.DONT] : [telnet.WILL, telnet.WONT];
    const isKnown =
      which === options.BINARY || which === options.SUPPRESS_GO_AHEAD || (!isOffer && which === options.COM_PORT);
    const reply = isKnown ? yes : no;
    if (!this.#agreed.has(`${reply} ${which}`)) this.#say(reply, which);
  }

  #command([number = 0, ...values]: readonly number[]): void {
    if (number === suspend) this.#socket.cork();
    else if (number === resume) this.#socket.uncork();
    else this.#settle(`command ${number - answered}`, values);
  }

  #await(key: string, late: string, withinMs = this.#withinMs): Promise<readonly number[]> {
    return new Promise((resolve, reject) => {
      const fail = (): void => this.#fail(this.#notShared(`${late} in ${withinMs / 1000} s`));
      this.#awaited.push({ key, timer: setTimeout(fail, withinMs), resolve, reject });
    });
  }

  #settle(key: string, values: readonly number[]): void {
    const at = this.#awaited.findIndex((one) => one.key === key);
    if (at < 0) return;
    const [{ timer, resolve }] = this.#awaited.splice(at, 1) as [Awaited];
    clearTimeout(timer);
    resolve(values);
  }

  #fail(error: Error): void {
    for (const { timer, reject } of this.#awaited.splice(0)) {
      clearTimeout(timer);
      reject(error);
    }
  }

  #notShared(why: string): WherryError {
    return new WherryError(portDiagnostics.PORT_NOT_SHARED, {
      what: `no serial port is shared there by RFC 2217: ${why}`,
      where: this.#name,
      next: 'see that the server speaks RFC 2217 (ser2net with `telnet(rfc2217)`, pyserial rfc2217_server); for one that passes bytes on use tcp://',
    });
  }
}
