// A device at a port of this machine, or of another one, with firmware that was built and flashed before.
import { modelLayout } from '@wherry/device-protocol';
import type { DeviceProfile } from '@wherry/profiles';
import {
  findPort,
  listPorts,
  openPort,
  openSerialPort,
  resetOver,
  systemTime,
  tracedLine,
  type Port,
  type SessionLine,
  type TraceFile,
} from '@wherry/serial-profiler';
import type { MeasuredDevice } from './measured-device.js';
import type { MeasuredModel } from './measured-model.js';
import { OpenedPorts } from './opened-ports.js';
import { stoppableTime } from './stoppable-time.js';

export interface PortRequest {
  /** `auto`: found by the USB ids of the profile and by who answers. */
  readonly port: string;
  readonly baud?: number | undefined;
  /** How long silence is borne, as while the firmware starts; as usual where it is left out. */
  readonly waitMs?: number | undefined;
}

/** The speed of most firmware. */
const usualBaud = 115_200;

/** Throws what finding and opening a port is refused for. */
export async function deviceAtPort(
  { port: spec, baud, waitMs }: PortRequest,
  model: MeasuredModel,
  profile: DeviceProfile,
  signal: AbortSignal | undefined,
): Promise<MeasuredDevice> {
  const number = chance;
  const rate = baud ?? profile.serial?.baud ?? usualBaud;
  const policy = waitMs === undefined ? {} : { policy: { silentMs: waitMs } };
  const opened = new OpenedPorts(signal);
  const time = stoppableTime(systemTime, signal);
  const open = (path: string): Promise<Port> => opened.keep(openSerialPort(path, rate));
  const port =
    spec === 'auto'
      ? await findPort({ profile, list: listPorts, open, time, number, ...policy })
      : await opened.keep(openPort(spec, rate, signal));
  // A board that is started anew has forgotten what another program asked it.
  try {
    if (profile.serial !== undefined) await resetOver(port, profile.serial.reset, time);
  } catch (error) {
    // An open port would keep the process.
    port.close();
    throw error;
  }
  return {
    line: { port, time: systemTime, number, ...policy },
    // How large the arena has to be depends on the runtime in the firmware, which gives up by itself where it is too small.
    expected: { model: model.sha256, layout: modelLayout(model.graph), arenaBytes: 0, profile: profile.id },
    emulated: null,
    kernels: null,
    foretold: model.foretold ?? null,
    modelFlash: null,
    modelRam: null,
    close: () => port.close(),
  };
}

/** Numbers that no earlier session had. */
export function chance(): number {
  return Math.floor(Math.random() * 2 ** 32);
}

/** The same device, everything that it says and is told written down. */
export function traced(device: MeasuredDevice, file: TraceFile): MeasuredDevice {
  const line = tracedLine(device.line, (text) => file.write(text));
  return {
    ...device,
    line: line satisfies SessionLine,
    close: () => {
      device.close();
      line.flush();
      file.close();
    },
  };
}
