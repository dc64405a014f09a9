// What each strategy does to the lines of a port, and when.
import { resetNames } from '@wherry/profiles';
import type { Port } from '../port.js';
import { VirtualTime } from '../simulation/virtual-time.js';
import { resetOver } from './reset-strategies.js';

function port(time: VirtualTime, hasLines = true): { readonly port: Port; readonly done: string[] } {
  const done: string[] = [];
  const signals = {
    set: async ({ dtr, rts }: { dtr: boolean; rts: boolean }) => {
      if (hasLines) done.push(`${time.now()} ${dtr ? 'DTR' : 'dtr'} ${rts ? 'RTS' : 'rts'}`);
      return hasLines;
    },
    setBaud: async (baud: number) => void done.push(`${time.now()} ${baud}`),
  };
  const nothing = (): void => undefined;
  return { port: { name: 'p', signals, listen: nothing, write: nothing, waiting: () => 0, close: nothing }, done };
}

it.each([
  ['none', false, [], 0],
  ['esp-dtr-rts', true, ['0 dtr RTS', '100 dtr rts'], 150],
  ['dtr-pulse', true, ['0 dtr rts', '250 DTR RTS'], 300],
  ['touch-1200-bps', true, ['0 1200', '10 dtr rts'], 110],
] as const)('%s', async (name, does, steps, until) => {
  const time = new VirtualTime();
  const { port: one, done } = port(time);
  expect(await time.run(resetOver(one, name, time))).toBe(does);
  expect(done).toEqual(steps);
  expect(time.now()).toBe(until);
});

it.each(resetNames)('%s does nothing over a port without lines', async (name) => {
  const time = new VirtualTime();
  expect(await time.run(resetOver(port(time, false).port, name, time))).toBe(false);
  const { signals: _, ...bare } = port(time).port;
  expect(await time.run(resetOver(bare, name, time))).toBe(false);
});
