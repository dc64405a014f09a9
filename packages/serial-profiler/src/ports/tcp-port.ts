// A line whose bytes a server passes on as they are: an emulator, ser2net, a board with Wi-Fi.
import { connect, type Socket } from 'node:net';
import type { WherryError } from '@wherry/graph';
import type { Port, PortEvents } from '../port.js';
import { failed } from './port-errors.js';

export interface Address {
  readonly host: string;
  readonly port: number;
}

export interface Opening {
  readonly withinMs?: number;
  /** Ends the connection, whether it stands or not. */
  readonly signal?: AbortSignal | undefined;
}

/** More than this is not kept for a server that does not read: it is lost, as on a line. */
export const mostWaiting = 65_536;
export const connectMs = 5000;

/** Throws PORT_FAILED. */
export async function openTcpPort(address: Address, opening: Opening = {}): Promise<Port> {
  const name = nameOf('tcp', address);
  const socket = await connected(address, name, opening);
  const end = portEnd(socket);
  socket.on('data', (bytes) => end.hear(bytes));
  return {
    name,
    listen: (events) => end.listen(events),
    write: (bytes) => {
      if (socket.writable && socket.writableLength + bytes.length <= mostWaiting) socket.write(bytes.slice());
    },
    waiting: () => (socket.writable ? socket.writableLength : 0),
    close: () => end.close(),
  };
}

export function nameOf(scheme: string, { host, port }: Address): string {
  return `${scheme}://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** Throws PORT_FAILED where no connection stands in time. */
export function connected(address: Address, name: string, { withinMs = connectMs, signal }: Opening): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: address.host, port: address.port, noDelay: true, signal });
    const fail = (error: WherryError): void => {
      socket.destroy();
      reject(error);
    };
    const late = setTimeout(
      () => fail(failed(name, `the server did not answer in ${withinMs / 1000} s`, reachable)),
      withinMs,
    );
    socket.once('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(late);
      fail(failed(name, words[error.code ?? ''] ?? error.message, reachable));
    });
    socket.once('connect', () => {
      clearTimeout(late);
      resolve(socket);
    });
  });
}

const reachable =
  'see that the server runs, that host and port are its own and that no firewall is in between, then run again';
const words: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there (ECONNREFUSED)',
  ENOTFOUND: 'there is no host of that name (ENOTFOUND)',
  EAI_AGAIN: 'the name of the host cannot be looked up now (EAI_AGAIN)',
};

export interface PortEnd {
  listen(events: PortEvents): void;
  hear(bytes: Uint8Array): void;
  close(): void;
}

/** Who listens to a socket, until it ends. */
export function portEnd(socket: Socket): PortEnd {
  let events: PortEvents | null = null;
  let reason = 'the server closed the connection';
  socket.on('error', ({ message }) => (reason = message));
  // It stays half open otherwise, and what is sent goes nowhere.
  socket.on('end', () => socket.destroy());
  socket.on('close', () => {
    const listener = events;
    events = null;
    listener?.closed(reason);
  });
  return {
    listen: (listener) => (events = listener),
    hear: (bytes) => events?.data(bytes),
    close: () => {
      events = null;
      socket.destroy();
    },
  };
}
