// A serial port that a server shares over Telnet with its speed and its control lines (RFC 2217).
import type { Port, PortSignals } from '../port.js';
import { checkBaud } from './port-spec.js';
import { commands, control, Negotiation } from './rfc2217-negotiation.js';
import { connected, connectMs, mostWaiting, nameOf, portEnd, type Address, type Opening } from './tcp-port.js';
import { escaped } from './telnet.js';

/** A server that shares a port without lines, as ser2net does a pty, says nothing to them. */
const lineMs = 1000;

/** Throws PORT_FAILED, PORT_NOT_SHARED, PORT_SPEED. */
export async function openRfc2217Port(address: Address, baud: number, opening: Opening = {}): Promise<Port> {
  const name = nameOf('rfc2217', address);
  checkBaud(baud, name);
  const socket = await connected(address, name, opening);
  const end = portEnd(socket);
  const talk = new Negotiation(socket, name, opening.withinMs ?? connectMs, (bytes) => end.hear(bytes));
  try {
    await talk.agree();
    await talk.setBaud(baud);
    await talk.ask(commands.SET_DATA_BITS, [8]);
    await talk.ask(commands.SET_PARITY, [1]);
    await talk.ask(commands.SET_STOP_BITS, [1]);
    await talk.ask(commands.SET_CONTROL, [control.noFlow]);
  } catch (error) {
    end.close();
    throw error;
  }
  const signals: PortSignals = {
    set: async ({ dtr, rts }) => {
      try {
        await talk.ask(commands.SET_CONTROL, [dtr ? control.dtrOn : control.dtrOff], lineMs);
        await talk.ask(commands.SET_CONTROL, [rts ? control.rtsOn : control.rtsOff], lineMs);
        return true;
      } catch {
        return false;
      }
    },
    setBaud: (other) => talk.setBaud(other),
  };
  return {
    name,
    signals,
    listen: (events) => end.listen(events),
    write: (bytes) => {
      const line = escaped(bytes);
      if (socket.writable && socket.writableLength + line.length <= mostWaiting) socket.write(line);
    },
    waiting: () => (socket.writable ? socket.writableLength : 0),
    close: () => end.close(),
  };
}
