// A measurement where it is asked for: at a port, on an emulated board with one set of kernels or both, or from a trace.
import { WherryError } from '@wherry/graph';
import { kernelVariantOf } from '@wherry/c-compiler';
import { createTraceFile, replay, type SessionLine } from '@wherry/serial-profiler';
import type { ProgressSink } from '../progress.js';
import { deviceAtPort, traced } from './device-at-port.js';
import { measureDiagnostics } from './diagnostics.js';
import { emulatedDevice, standInOf } from './emulated-device.js';
import { coreFor, type KernelSet } from './kernel-choice.js';
import { measureByText } from './measure-by-text.js';
import { measureOn, type MeasureJob } from './measure-device.js';
import type { MeasureHost, MeasureRequest } from './measure-request.js';
import type { MeasuredDevice } from './measured-device.js';
import type { MeasureTarget } from './measure-target.js';
import type { Measurement } from './measurement.js';
import { readTrace, recordedDevice } from './recorded-device.js';
import { stoppableTime } from './stoppable-time.js';
import { withPlainKernels } from './with-plain-kernels.js';

type Host = Pick<MeasureHost, 'signal' | 'unwritten' | 'traced'>;

/** Throws MEASURE_KERNELS, and what devices, boards and traces are refused for. */
export async function measureThere(
  request: MeasureRequest,
  job: MeasureJob,
  target: MeasureTarget,
  host: Host,
  progress: ProgressSink,
): Promise<Measurement> {
  const { signal } = host;
  if (request.replay !== undefined) {
    const trace = await readTrace(request.replay);
    const again = (line: SessionLine): Promise<Measurement> =>
      inDialect(request)(recordedDevice(line, job.model, target.profile.id), job, progress);
    return orAborted(signal, () => replay(trace, again));
  }
  const { kernels = 'optimized', emulate } = request;
  if (emulate && kernels !== 'optimized') requireOtherKernels(target);
  const measure = (set: KernelSet): Promise<Measurement> => measureOnce(request, set, job, target, host, progress);
  if (kernels !== 'both') return measure(kernels);
  return withPlainKernels(await measure('optimized'), await measure('plain'));
}

async function measureOnce(
  request: MeasureRequest,
  kernels: KernelSet,
  job: MeasureJob,
  target: MeasureTarget,
  { signal, unwritten, traced: told }: Host,
  progress: ProgressSink,
): Promise<Measurement> {
  // Where it cannot be written, nothing is built or asked before.
  const file = request.trace === undefined ? undefined : createTraceFile(request.trace);
  const open = (): Promise<MeasuredDevice> => deviceOf(request, kernels, job, target, signal, progress);
  const opened = await openedOrAborted(signal, open).catch((error: unknown) => {
    file?.close();
    throw error;
  });
  const line = { ...opened.line, time: stoppableTime(opened.line.time, signal) };
  const found = { ...opened, line };
  const device = file === undefined ? found : traced(found, file);
  try {
    return await orAborted(signal, () => inDialect(request)(device, job, progress));
  } finally {
    if (file?.isBegun === true) told?.(request.trace!);
    closed(device, unwritten);
  }
}

/** The device is released in any case. */
function closed(device: MeasuredDevice, unwritten: Host['unwritten']): void {
  try {
    device.close();
  } catch (error) {
    if (unwritten === undefined || !(error instanceof WherryError)) throw error;
    unwritten(error);
  }
}

function inDialect({ dialect }: MeasureRequest): typeof measureOn {
  return dialect === 'mlperf' ? measureByText : measureOn;
}

async function deviceOf(
  { port, baud, waitMs }: MeasureRequest,
  kernels: KernelSet,
  { model }: MeasureJob,
  target: MeasureTarget,
  signal: AbortSignal | undefined,
  progress: ProgressSink,
): Promise<MeasuredDevice> {
  const { profile, library } = target;
  if (port !== undefined) return deviceAtPort({ port, baud, waitMs }, model, profile, signal);
  const board = standInOf(profile, library);
  progress.begin('build');
  const device = await emulatedDevice(board, kernels, model, target, signal);
  progress.end();
  return device;
}

/** Throws MEASURE_KERNELS for a core that plain ones are all there is for. */
function requireOtherKernels({ profile, library }: MeasureTarget): void {
  const board = standInOf(profile, library);
  if (kernelVariantOf(board) !== kernelVariantOf(coreFor('plain', board))) return;
  throw new WherryError(measureDiagnostics.MEASURE_KERNELS, {
    what: `there are no kernels for ${board.name} but the plain ones`,
    next: 'leave --kernels away',
  });
}

/** A device that is there too late is closed as it comes. */
async function openedOrAborted(
  signal: AbortSignal | undefined,
  open: () => Promise<MeasuredDevice>,
): Promise<MeasuredDevice> {
  let opening: Promise<MeasuredDevice> | undefined;
  try {
    return await orAborted(signal, () => (opening = open()));
  } catch (error) {
    opening?.then(
      (device) => device.close(),
      () => undefined,
    );
    throw error;
  }
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
