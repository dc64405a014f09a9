// What is held of a measurement: on an emulated board everything, of a device nothing that chance moves.
import type { Measurement } from '../../measure/measurement.js';
import { measuredMetrics } from './measured-metrics.js';

const keysFor = (emulated: string | null): readonly string[] =>
  measuredMetrics({
    ...{ cost: null, layers: [], warnings: [], model: { sha256: 'ab' } },
    parity: { tensors: 1, inputs: 1, close: 0 },
    device: { emulated },
    memory: { arenaUsed: 1, stackUsed: 2, heapUsed: 3, modelFlash: null },
  } as unknown as Measurement).map(({ key }) => key);

it('holds stack and heap where no interrupt moves them', () => {
  const alike = ['input.model', 'numbers.tensors', 'numbers.inputs', 'numbers.close', 'memory.arenaUsed'];
  expect(keysFor('a board')).toEqual(expect.arrayContaining([...alike, 'memory.stackUsed', 'memory.heapUsed']));
  expect(keysFor(null)).toEqual(expect.arrayContaining(alike));
  expect(keysFor(null).filter((key) => /stack|heap/.test(key))).toEqual([]);
});
