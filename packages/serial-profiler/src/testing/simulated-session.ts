// A session with the simulated device in virtual time.
import type { Simulation } from '../simulation/simulated-line.js';
import { simulatedPort, type SimulatedPort } from '../simulation/simulated-line.js';
import { chanceOf } from '../simulation/chance.js';
import { referenceModel } from '../simulation/reference-model.js';
import { VirtualTime } from '../simulation/virtual-time.js';
import type { LinkPolicy } from '../link/policy.js';
import type { ExpectedDevice } from '../session/greet.js';
import { Session } from '../session/session.js';
import { smallNetwork } from './small-network.js';

export interface SimulatedSession {
  readonly time: VirtualTime;
  readonly port: SimulatedPort;
  readonly expected: ExpectedDevice;
  /** Opens it; lets time pass until it is. */
  readonly open: () => Promise<Session>;
  /** Lets time pass until it is done. */
  readonly run: <T>(promise: Promise<T>) => Promise<T>;
}

export function simulatedSession(
  settings: Partial<Simulation> & {
    readonly policy?: Partial<LinkPolicy>;
    readonly expected?: Partial<ExpectedDevice>;
  } = {},
): SimulatedSession {
  const time = new VirtualTime();
  const model = settings.model ?? referenceModel(smallNetwork());
  const seed = settings.seed ?? 1;
  const port = simulatedPort({ time, seed, ...settings, model });
  const chance = chanceOf(seed + 1);
  const number = (): number => Math.floor(chance() * 2 ** 32);
  const expected = { model: model.hash, layout: model.layout, arenaBytes: 64, ...settings.expected };
  const request = { port, time, expected, number, ...(settings.policy !== undefined && { policy: settings.policy }) };
  return { time, port, expected, open: () => time.run(Session.open(request)), run: (promise) => time.run(promise) };
}
