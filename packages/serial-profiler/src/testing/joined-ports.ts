// Two ports of this process that are joined: what one is written the other hears, a moment later.
import type { Port, PortEvents } from '../port.js';
import type { Time } from '../time.js';

export interface JoinedPorts {
  readonly host: Port;
  readonly device: Port;
  /** Both hear that the other end is gone. */
  cut(): void;
}

export function joinedPorts(time: Time, delayMs = 1): JoinedPorts {
  const events: (PortEvents | null)[] = [null, null];
  const end = (own: number): Port => ({
    name: own === 0 ? 'host' : 'device',
    listen: (listener) => (events[own] = listener),
    write: (bytes) => {
      const sent = bytes.slice();
      time.after(delayMs, () => events[1 - own]?.data(sent));
    },
    waiting: () => 0,
    close: () => (events[own] = null),
  });
  return {
    host: end(0),
    device: end(1),
    cut: () => events.splice(0, 2, null, null).forEach((one) => one?.closed('the device was unplugged')),
  };
}

/** The same end of a line that gives back what it is sent. */
export function echoing(port: Port): Port {
  let events: PortEvents | null = null;
  return {
    ...port,
    listen: (listener) => port.listen((events = listener)),
    write: (bytes) => {
      port.write(bytes);
      events?.data(bytes.slice());
    },
  };
}
