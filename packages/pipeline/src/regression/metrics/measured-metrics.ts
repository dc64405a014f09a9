// What a board or a device comes to: cost and memory, for one toolchain or firmware.
import type { Measurement } from '../../measure/measurement.js';
import { exact, type Metric } from '../metric.js';
import { layerKeys } from './layer-keys.js';
import { warningMetric } from './warning-metric.js';

/** Counted instructions are exact, times are held by what their windows differ by. */
export function measuredMetrics({ cost, layers, memory, parity, model, warnings }: Measurement): readonly Metric[] {
  const names = layerKeys({ nodes: layers.map(({ layer, operator }) => ({ origin: layer, kind: operator })) });
  const counts = cost?.unit === 'instructions';
  return [
    exact('input.model', model.sha256),
    exact('numbers.tensors', parity.tensors),
    exact('numbers.inputs', parity.inputs),
    exact('numbers.close', parity.close),
    warningMetric(warnings),
    ...measuredMemory(memory),
    ...(cost === null ? [] : [inferenceCost(cost)]),
    ...(counts ? names.map((name, at) => exact(`time.layer.${name}`, layers[at]!.cost)) : []),
  ];
}

function inferenceCost({ unit, inference, mad, windows }: NonNullable<Measurement['cost']>): Metric {
  return unit === 'instructions'
    ? exact('time.instructions', inference)
    : { key: 'time.inferenceMs', value: { median: inference, mad, windows }, class: 'statistical' };
}

/** What nobody knows is left out. */
function measuredMemory({ arenaUsed, stackUsed, heapUsed, modelFlash }: Measurement['memory']): readonly Metric[] {
  const figures = { arenaUsed, stackUsed, heapUsed, modelFlash };
  return Object.entries(figures).flatMap(([name, bytes]) => (bytes === null ? [] : [exact(`memory.${name}`, bytes)]));
}
