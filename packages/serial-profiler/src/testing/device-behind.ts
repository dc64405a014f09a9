// A session over a real line, in real time, with a simulated device at the other end of it.
import type { Port } from '../port.js';
import { usualPolicy, type LinkPolicy } from '../link/policy.js';
import { Session } from '../session/session.js';
import type { ExpectedDevice } from '../session/greet.js';
import { chanceOf } from '../simulation/chance.js';
import { deviceOnPort } from '../simulation/device-on-port.js';
import { referenceModel } from '../simulation/reference-model.js';
import type { DeviceSettings, SimulatedDevice } from '../simulation/simulated-device.js';
import { systemTime } from '../time.js';
import { smallNetwork } from './small-network.js';

/** Both ends of a line. */
export interface Line {
  readonly host: Port;
  readonly device: Port;
  /** Ends what is between them; does nothing the second time. */
  cut(): Promise<void>;
}

/** Silence is told soon: a test does not wait for a board that boots. */
const hasty: LinkPolicy = { ...usualPolicy, silentMs: 700, noisyMs: 700 };

export function deviceBehind(port: Port, settings: Partial<DeviceSettings> = {}): SimulatedDevice {
  const model = referenceModel(smallNetwork());
  return deviceOnPort(port, { model, time: systemTime, chance: chanceOf(1), ...settings });
}

let conversations = 0;

export function openSession(
  port: Port,
  expected: Partial<ExpectedDevice> = {},
  policy: Partial<LinkPolicy> = hasty,
): Promise<Session> {
  const { hash, layout } = referenceModel(smallNetwork());
  return Session.open({
    port,
    time: systemTime,
    expected: { model: hash, layout, arenaBytes: 64, ...expected },
    number: () => ++conversations,
    policy,
  });
}
