// A port of this process: a line with a speed, a delay and faults, and a simulated device at its end.
import type { Port, PortEvents } from '../port.js';
import type { Time } from '../time.js';
import { chanceOf, type Chance } from './chance.js';
import type { DeviceFaults } from './device-faults.js';
import { damage, type LineFaults } from './line-faults.js';
import type { SimulatedModel } from './reference-model.js';
import { SimulatedDevice, type DeviceSettings } from './simulated-device.js';

export interface Simulation extends Pick<DeviceSettings, 'bootMs' | 'bootLog'> {
  readonly model: SimulatedModel;
  readonly time: Time;
  readonly seed: number;
  readonly device?: DeviceFaults;
  /** In both directions. */
  readonly line?: LineFaults;
  /** Default 115,200. */
  readonly baud?: number;
  /** Of each direction; default 1. */
  readonly delayMs?: number;
  /** The line ends so many milliseconds after the start. */
  readonly endsAfter?: number;
  /** What the line makes of all that the device sends. */
  readonly converts?: (bytes: Uint8Array) => Uint8Array;
  /** What is sent comes back as well. */
  readonly echoes?: boolean;
  /** It is told as a program that stands in for a device. */
  readonly isEmulated?: boolean;
}

export interface SimulatedPort extends Port {
  readonly device: SimulatedDevice;
  /** Bytes sent in each direction so far, and writes of either that the line has damaged. */
  readonly traffic: { readonly toDevice: number; readonly fromDevice: number; readonly damaged: number };
}

export function simulatedPort(simulation: Simulation): SimulatedPort {
  const { time, seed, model, device: faults = {}, endsAfter, bootMs, bootLog } = simulation;
  const chance = chanceOf(seed);
  let events: PortEvents | null = null;
  const traffic = { toDevice: 0, fromDevice: 0, damaged: 0 };
  const damaged = (): number => traffic.damaged++;
  const toDevice = new Direction(simulation, chance, damaged, (bytes) => device.receive(bytes));
  const fromDevice = new Direction(simulation, chance, damaged, (bytes) => events?.data(bytes));
  const wire = {
    send: (bytes: Uint8Array) => {
      traffic.fromDevice += bytes.length;
      fromDevice.send(simulation.converts?.(bytes) ?? bytes);
    },
    busyFor: () => fromDevice.busyFor(),
    cut: () => fromDevice.cut(),
  };
  const boot = { ...(bootMs !== undefined && { bootMs }), ...(bootLog !== undefined && { bootLog }) };
  const device = new SimulatedDevice({ model, time, chance, faults, ...boot }, wire);
  let open = true;
  const close = (reason?: string): void => {
    open = false;
    if (reason !== undefined) events?.closed(reason);
    events = null;
  };
  if (endsAfter !== undefined) time.after(endsAfter, () => close('the device was unplugged'));
  return {
    name: 'simulated',
    isEmulated: simulation.isEmulated === true,
    device,
    traffic,
    listen: (listener) => (events = listener),
    write: (bytes) => {
      if (!open) return;
      traffic.toDevice += bytes.length;
      toDevice.send(bytes);
      if (simulation.echoes === true) fromDevice.send(bytes);
    },
    waiting: () => toDevice.waiting(),
    close: () => close(),
  };
}

/** One byte after the other, each as long as ten bits take. */
class Direction {
  readonly #time: Time;
  readonly #byteMs: number;
  readonly #delayMs: number;
  readonly #faults: LineFaults;
  readonly #chance: Chance;
  readonly #damaged: () => void;
  readonly #arrive: (bytes: Uint8Array) => void;
  /** When the last byte so far has gone out. */
  #free = 0;
  /** Those that are going out, with when the first byte does. */
  readonly #going = new Set<{ bytes: Uint8Array; readonly from: number }>();

  constructor(
    { time, baud = 115_200, delayMs = 1, line = {} }: Simulation,
    chance: Chance,
    damaged: () => void,
    arrive: (bytes: Uint8Array) => void,
  ) {
    this.#time = time;
    this.#byteMs = 10_000 / baud;
    this.#delayMs = delayMs;
    this.#faults = line;
    this.#chance = chance;
    this.#damaged = damaged;
    this.#arrive = arrive;
  }

  send(bytes: Uint8Array): void {
    const now = this.#time.now();
    const from = Math.max(now, this.#free);
    this.#free = from + bytes.length * this.#byteMs;
    const sent = { bytes: damage(bytes, this.#faults, this.#chance), from };
    if (Buffer.compare(sent.bytes, bytes) !== 0) this.#damaged();
    this.#going.add(sent);
    this.#time.after(this.#free - now + this.#delayMs, () => {
      this.#going.delete(sent);
      if (sent.bytes.length > 0) this.#arrive(sent.bytes);
    });
  }

  waiting(): number {
    return Math.ceil(this.busyFor() / this.#byteMs);
  }

  busyFor(): number {
    return Math.max(0, this.#free - this.#time.now());
  }

  /** What has not gone out yet never does. */
  cut(): void {
    const now = this.#time.now();
    this.#free = now;
    for (const sent of this.#going)
      sent.bytes = sent.bytes.subarray(0, Math.max(0, Math.floor((now - sent.from) / this.#byteMs)));
  }
}
