// A server that shares a port by RFC 2217, as its text describes one, and remembers what it was told.
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { Port } from '../port.js';

export interface ServerFaults {
  /** Options that it does not agree to. */
  readonly refuses?: readonly number[];
  /** The only speed that it has. */
  readonly onlyBaud?: number;
  /** It says nothing at all. */
  readonly silent?: boolean;
  /** It says nothing to levels of control lines. */
  readonly noLines?: boolean;
}

export interface SharedPort {
  readonly port: number;
  /** What its line is at the other end. */
  readonly line: Port;
  /** Commands of the client without their answers, e.g. `1 0,1,194,0`. */
  readonly commands: readonly string[];
  send(bytes: readonly number[]): void;
  end(): Promise<void>;
}

const [SE, SB, WILL, WONT, DO, DONT, IAC] = [240, 250, 251, 252, 253, 254, 255] as const;

/** One byte at a time, for clarity: it shares no code with the client. */
export async function sharePort({
  refuses = [],
  onlyBaud,
  silent = false,
  noLines = false,
}: ServerFaults = {}): Promise<SharedPort> {
  const commands: string[] = [];
  let client: Socket | null = null;
  let toLine: (bytes: Uint8Array) => void = () => undefined;
  let ended: () => void = () => undefined;
  const send = (bytes: readonly number[]): void => void client?.write(Uint8Array.from(bytes));
  const command = ([number = 0, ...values]: number[]): void => {
    commands.push(`${number} ${values.join()}`);
    if (noLines && number === 5 && values[0]! > 3) return;
    const isBaud = number === 1 && onlyBaud !== undefined;
    const answer = isBaud ? [onlyBaud >>> 24, (onlyBaud >> 16) & 255, (onlyBaud >> 8) & 255, onlyBaud & 255] : values;
    send([IAC, SB, 44, number + 100, ...answer.flatMap((one) => (one === IAC ? [IAC, IAC] : [one])), IAC, SE]);
  };
  const server: Server = createServer((socket) => {
    client = socket;
    let taken: number[] = [];
    socket.on('data', (bytes) => {
      if (silent) return;
      for (const byte of bytes) {
        taken.push(byte);
        taken = step(taken, { send, command, refuses, data: (one) => toLine(Uint8Array.of(one)) });
      }
    });
    socket.on('error', () => undefined);
    socket.on('close', () => ended());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    commands,
    send,
    line: {
      name: 'line',
      listen: (events) => {
        toLine = (bytes) => events.data(bytes);
        ended = () => events.closed('the client left');
      },
      write: (bytes) => send([...bytes].flatMap((byte) => (byte === IAC ? [IAC, IAC] : [byte]))),
      waiting: () => 0,
      close: () => client?.destroy(),
    },
    end: () => {
      client?.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

interface Steps {
  readonly refuses: readonly number[];
  send(bytes: readonly number[]): void;
  command(values: number[]): void;
  data(byte: number): void;
}

/** What is left of the bytes taken so far: nothing where they are whole. */
function step(taken: number[], act: Steps): number[] {
  const [first, verb, option] = taken;
  if (first !== IAC) {
    act.data(first!);
    return [];
  }
  if (verb === undefined) return taken;
  if (verb === IAC) {
    act.data(IAC);
    return [];
  }
  if (verb === SB) {
    const inside = taken.slice(2, -2);
    const [last, end] = taken.slice(-2);
    // IAC SE ends it where the IAC is not the second of two.
    const isEnd = taken.length > 4 && last === IAC && end === SE && trailing(inside) % 2 === 0;
    if (!isEnd) return taken;
    const values = inside.filter((one, at) => !(one === IAC && trailing(inside.slice(0, at)) % 2 === 1));
    if (values[0] === 44) act.command(values.slice(1));
    return [];
  }
  if (option === undefined) return taken;
  const refuse = act.refuses.includes(option);
  if (verb === WILL) act.send([IAC, refuse ? DONT : DO, option]);
  if (verb === DO) act.send([IAC, refuse ? WONT : WILL, option]);
  return [];
}

/** How many IAC stand at the end. */
function trailing(bytes: readonly number[]): number {
  let count = 0;
  while (bytes[bytes.length - 1 - count] === IAC) count++;
  return count;
}
