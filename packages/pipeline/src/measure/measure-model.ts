// Measures a model on a device: read `measureModel`.
import { WherryError, type Graph } from '@wherry/graph';
import type { Preprocessing } from '@wherry/calibration-data';
import { findProfile, type DeviceProfile, type ProfileLibrary } from '@wherry/profiles';
import { createTraceFile, replay, type SessionLine } from '@wherry/serial-profiler';
import { readProfiles } from '../inputs/profile-folder.js';
import type { ProgressSink } from '../progress.js';
import { measureDiagnostics } from './diagnostics.js';
import { deviceAtPort, traced } from './device-at-port.js';
import { emulatedDevice, standInOf } from './emulated-device.js';
import { measureOn } from './measure-device.js';
import type { MeasuredDevice } from './measured-device.js';
import { inputsByChance, inputsFrom, type MeasuredInputs } from './measured-inputs.js';
import { readMeasured, type MeasuredModel } from './measured-model.js';
import type { Measurement } from './measurement.js';
import { profileNamed } from './profile-named.js';
import { readTrace, recordedDevice } from './recorded-device.js';

export interface MeasureRequest {
  /** A .tflite, or an output folder of deploy. */
  readonly model: string;
  /** That of the output folder where it is left out. */
  readonly profile?: string | undefined;
  /** A folder with more profiles. */
  readonly profiles?: string | undefined;
  /** On the board that stands in for the device. */
  readonly emulate: boolean;
  /** On the device itself: a path, `tcp://`, `rfc2217://`, or `auto`. */
  readonly port?: string | undefined;
  /** In place of the profile's. */
  readonly baud?: number | undefined;
  /** File for everything that goes over the line. */
  readonly trace?: string | undefined;
  /** Such a file, in place of a device. */
  readonly replay?: string | undefined;
  /** Samples to compare layers on; made-up ones where it is left out. */
  readonly data?: string | undefined;
  readonly preprocessing?: Preprocessing | undefined;
  readonly samples?: number | undefined;
}

export const defaultInputs = 100;

/**
 * Throws MEASURE_WHERE, MEASURE_NO_STAND_IN, MEASURE_MODEL, COMPILED_KERNEL, the codes of emulated boards, of ports and of traces, what
 * the data is refused for, and what a device is refused for.
 */
export async function measureModel(
  request: MeasureRequest,
  signal: AbortSignal | undefined,
  progress: ProgressSink,
): Promise<Measurement> {
  requireOnePlace(request);
  const model = await readMeasured(request.model);
  const { library, id } = await readProfiles(profileNamed(request, model), request.profiles);
  const { profile } = findProfile(library, id);
  const inputs = await inputsOf(request, model.graph);
  if (request.replay !== undefined) {
    const trace = await readTrace(request.replay);
    const again = (line: SessionLine): Promise<Measurement> =>
      measureOn(recordedDevice(line, model, profile.id), model, inputs, progress);
    return orAborted(signal, () => replay(trace, again));
  }
  // Where it cannot be written, nothing is built or asked before.
  const file = request.trace === undefined ? undefined : createTraceFile(request.trace);
  const found = await deviceOf(request, model, { profile, library }, signal, progress);
  const device = file === undefined ? found : traced(found, file);
  try {
    return await orAborted(signal, () => measureOn(device, model, inputs, progress));
  } finally {
    device.close();
  }
}

async function deviceOf(
  { port, baud }: MeasureRequest,
  model: MeasuredModel,
  { profile, library }: { readonly profile: DeviceProfile; readonly library: ProfileLibrary },
  signal: AbortSignal | undefined,
  progress: ProgressSink,
): Promise<MeasuredDevice> {
  if (port !== undefined) return deviceAtPort({ port, baud }, model, profile);
  const board = standInOf(profile, library);
  progress.begin('build');
  const device = await emulatedDevice(board, model, profile, signal);
  progress.end();
  return device;
}

function inputsOf({ data, preprocessing, samples }: MeasureRequest, graph: Graph): Promise<MeasuredInputs> {
  const limit = samples ?? defaultInputs;
  return data === undefined
    ? Promise.resolve(inputsByChance(graph, limit))
    : inputsFrom(data, graph, { limit, preprocessing });
}

/** What is under way is left behind: its port is closed next. */
async function orAborted<T>(signal: AbortSignal | undefined, act: () => Promise<T>): Promise<T> {
  if (signal === undefined) return act();
  signal.throwIfAborted();
  let stop: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason as Error);
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([act(), aborted]);
  } finally {
    signal.removeEventListener('abort', stop!);
  }
}

function requireOnePlace({ emulate, port, replay: trace }: MeasureRequest): void {
  const places = [emulate, port !== undefined, trace !== undefined].filter(Boolean).length;
  if (places === 1) return;
  throw new WherryError(measureDiagnostics.MEASURE_WHERE, {
    what: places === 0 ? 'neither a port nor an emulated board is asked for' : `${places} places are asked for at once`,
    next: 'give --port PATH or --port auto for the device itself, or --emulate for the board that stands in for it, or --replay TRACE',
  });
}
