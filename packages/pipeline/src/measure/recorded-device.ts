// What a device said before, in a trace, in the place of the device.
import { modelLayout } from '@wherry/device-protocol';
import { WherryError } from '@wherry/graph';
import { parseTrace, type SessionLine, type Trace } from '@wherry/serial-profiler';
import { readRegularFile } from '../inputs/read-regular-file.js';
import { measureDiagnostics } from './diagnostics.js';
import type { MeasuredDevice } from './measured-device.js';
import type { MeasuredModel } from './measured-model.js';

/** Hours of a line. */
const greatestTraceBytes = 1 << 30;

/** Throws TRACE_UNREADABLE, TRACE_VERSION, TRACE_DAMAGED and TRACE_ENDS. */
export async function readTrace(path: string): Promise<Trace> {
  const read = await readRegularFile(path, greatestTraceBytes);
  if (read instanceof Uint8Array) return parseTrace(new TextDecoder().decode(read), path);
  throw new WherryError(measureDiagnostics.TRACE_UNREADABLE, { what: read.what, where: path, next: read.next });
}

/** Nothing is known of it but what was said over the line. */
export function recordedDevice(line: SessionLine, model: MeasuredModel, profile: string): MeasuredDevice {
  return {
    line,
    expected: { model: model.sha256, layout: modelLayout(model.graph), arenaBytes: 0, profile },
    emulated: null,
    kernels: null,
    isRecorded: true,
    foretold: model.foretold ?? null,
    modelFlash: null,
    modelRam: null,
    close: () => undefined,
  };
}
