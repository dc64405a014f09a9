// What a board or a device comes to: cost and memory, for one toolchain or firmware.
import type { Measurement } from '../../measure/measurement.js';
import { exact, type Metric } from '../metric.js';
import { layerKeys } from './layer-keys.js';
import { warningMetric } from './warning-metric.js';

/** Counted instructions are exact, times are held by what their windows differ by. */
export function measuredMetrics(measurement: Measurement): readonly Metric[] {
  const { cost, layers, parity, model, warnings } = measurement;
  const names = layerKeys({ nodes: layers.map(({ layer, operator }) => ({ origin: layer, kind: operator })) });
  const counts = cost?.unit === 'instructions';
  return [
    exact('input.model', model.sha256),
    exact('numbers.tensors', parity.tensors),
    exact('numbers.inputs', parity.inputs),
    exact('numbers.close', parity.close),
    warningMetric(warnings, new Set(layers.map(({ layer }) => layer))),
    ...measuredMemory(measurement),
    ...(cost === null ? [] : [inferenceCost(cost)]),
    ...(counts ? names.map((name, at) => exact(`time.layer.${name}`, layers[at]!.cost)) : []),
  ];
}

function inferenceCost({ unit, inference, mad, windows }: NonNullable<Measurement['cost']>): Metric {
  return unit === 'instructions'
    ? exact('time.instructions', inference)
    : { key: 'time.inferenceMs', value: { median: inference, mad, windows }, class: 'statistical' };
}

/** What nobody knows is left out, and of a device what its interrupts and earlier work move: the same firmware would fail by chance. */
function measuredMemory({ memory, device }: Measurement): readonly Metric[] {
  const { arenaUsed, stackUsed, heapUsed, modelFlash } = memory;
  const figures = { arenaUsed, modelFlash, ...(device.emulated === null ? {} : { stackUsed, heapUsed }) };
  return Object.entries(figures).flatMap(([name, bytes]) => (bytes === null ? [] : [exact(`memory.${name}`, bytes)]));
}
