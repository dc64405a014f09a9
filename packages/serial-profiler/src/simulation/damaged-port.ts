// A port with a bad line in front of it, in both directions: what a real device does on one is tried with it.
import type { Port } from '../port.js';
import { chanceOf } from './chance.js';
import { damage, type LineFaults } from './line-faults.js';

export function damagedPort(port: Port, faults: LineFaults, seed: number): Port {
  const chance = chanceOf(seed);
  return {
    name: port.name,
    listen: (events) =>
      port.listen({
        data: (bytes) => events.data(damage(bytes, faults, chance)),
        closed: (reason) => events.closed(reason),
      }),
    write: (bytes) => port.write(damage(bytes, faults, chance)),
    waiting: () => port.waiting(),
    close: () => port.close(),
  };
}
