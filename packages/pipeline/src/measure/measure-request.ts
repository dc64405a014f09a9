// What is asked for of a measurement.
import type { Preprocessing } from '@wherry/calibration-data';
import type { Engine, WherryError } from '@wherry/graph';
import type { Dialect } from './dialect.js';
import type { KernelChoice } from './kernel-choice.js';

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
  /** How long a device at a port may be silent, in place of the usual. */
  readonly waitMs?: number | undefined;
  /** File for everything that goes over the line. */
  readonly trace?: string | undefined;
  /** Such a file, in place of a device. */
  readonly replay?: string | undefined;
  /** Samples to compare layers on; made-up ones where it is left out. */
  readonly data?: string | undefined;
  readonly preprocessing?: Preprocessing | undefined;
  readonly samples?: number | undefined;
  /** Another model, mostly the float one that this was made of, to hold the outputs of the device against. */
  readonly against?: string | undefined;
  /** Layers are compared, and nothing is timed. */
  readonly parityOnly?: boolean | undefined;
  /** Of the firmware for an emulated board; those for the core where it is left out. */
  readonly kernels?: KernelChoice | undefined;
  /** What the device at the port speaks: the protocol of the agent where it is left out. */
  readonly dialect?: Dialect | undefined;
}

export interface MeasureHost {
  /** Runs the other model. */
  engine(): Promise<Engine>;
  readonly signal?: AbortSignal | undefined;
  /** Told where the trace was not written to its end, which changes nothing of the measurement; thrown where nobody asks. */
  readonly unwritten?: ((error: WherryError) => void) | undefined;
  /** Told of a trace that stands there, however far the measurement came. */
  readonly traced?: ((path: string) => void) | undefined;
}
