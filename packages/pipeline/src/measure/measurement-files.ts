// A measurement as files: for programs, for a spreadsheet, for a viewer of traces.
import { writeOutputDirectory } from '../output/output-directory.js';
import { listFiles, sealed, type OutputFiles } from '../output/output-mark.js';
import type { Measurement, MeasurementCost } from './measurement.js';

/** By it the folder is known as the tool's own. */
const markName = 'files.json';

export function measurementFiles(measurement: Measurement): OutputFiles {
  const files = new Map([['measurement.json', `${JSON.stringify(measurement, null, 2)}\n`]]);
  const { cost } = measurement;
  if (cost !== null) {
    files.set('layers.csv', layersCsv(measurement, cost));
    files.set('trace.json', `${JSON.stringify(traceEvents(measurement, cost), null, 1)}\n`);
  }
  const list = { schemaVersion: 1, tool: measurement.tool, files: listFiles(files) };
  return files.set(markName, sealed(list));
}

/** Replaces the whole folder or leaves it as it is. Throws what `writeOutputDirectory` throws. */
export async function writeMeasurement(
  directory: string,
  measurement: Measurement,
  signal?: AbortSignal,
): Promise<void> {
  await writeOutputDirectory(directory, measurementFiles(measurement), { signal });
}

/**
 * What a layer left, beside the reference: `faulty` computes something else by itself, `different` may have been given something
 * else, `same` is the same but for rounding of real numbers. A device that prints its output tells of no layer.
 */
function parityOf({ printed, differing, faulty }: Measurement['parity'], position: number): string {
  if (printed) return '';
  const isIn = (tensors: Measurement['parity']['differing']): boolean =>
    tensors.some((one) => one.position === position);
  return isIn(faulty) ? 'faulty' : isIn(differing) ? 'different' : 'same';
}

/** RFC 4180, a line for each layer. */
export function layersCsv({ layers, plain, parity }: Measurement, { unit }: MeasurementCost): string {
  const rows = layers.map(({ layer, operator, cost, share, macs, perMac, plainCost }, position) => [
    position,
    quoted(layer),
    operator,
    cost ?? '',
    share ?? '',
    macs,
    perMac ?? '',
    parityOf(parity, position),
    ...(plain === null ? [] : [plainCost ?? '']),
  ]);
  const header = [
    'position',
    'layer',
    'operator',
    unit,
    'share',
    'macs',
    `${unit}_per_mac`,
    'parity',
    ...(plain === null ? [] : [`plain_${unit}`]),
  ];
  return [header, ...rows].map((row) => `${row.join(',')}\r\n`).join('');
}

/** What a spreadsheet takes for a formula is a name here. */
function quoted(name: string): string {
  return `"${(/^[=+\-@\t\r]/.test(name) ? `'${name}` : name).replaceAll('"', '""')}"`;
}

/**
 * As viewers of Chrome's format read it: layers one behind the other. An instruction is shown as a nanosecond. A layer that was not
 * counted is a mark without a length, and those behind it begin too early by what it took.
 */
export function traceEvents({ model, profile, device, layers, parity }: Measurement, cost: MeasurementCost): object {
  const microseconds = cost.unit === 'ms' ? 1000 : 0.001;
  let at = 0;
  const events = layers.map(({ layer, operator, cost: own, macs }) => {
    const place = { cat: operator, ts: at, pid: 1, tid: 1 };
    if (own === null)
      return { name: `${layer}: cost not known`, ph: 'i', s: 't', ...place, args: { operator, macs, cost: null } };
    const duration = own * microseconds;
    at += duration;
    return { name: layer, ph: 'X', dur: duration, ...place, args: { operator, macs } };
  });
  const unknown = layers.filter(({ cost: own }) => own === null).length;
  const called = (name: string, what: string): object => ({ name: what, ph: 'M', pid: 1, tid: 1, args: { name } });
  return {
    displayTimeUnit: cost.unit === 'ms' ? 'ms' : 'ns',
    otherData: {
      unit: cost.unit === 'ms' ? 'time' : '1 ns stands for 1 executed instruction',
      profile,
      ...(parity.verdict === 'different' && { result: 'wrong' }),
      ...(unknown > 0 && { layersOfUnknownCost: unknown }),
    },
    traceEvents: [
      called(`${model.file} on ${device.emulated ?? device.chip}`, 'process_name'),
      called('one inference', 'thread_name'),
      ...events,
    ],
  };
}
