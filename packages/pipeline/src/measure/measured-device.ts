// A device that a session can be opened with.
import type { KernelSet } from './kernel-choice.js';
import type { Foretold } from './measured-model.js';
import type { ExpectedDevice, SessionLine } from '@wherry/serial-profiler';

export interface MeasuredDevice {
  readonly line: SessionLine;
  readonly expected: ExpectedDevice;
  /** The emulated board; null for a device at a port. */
  readonly emulated: string | null;
  /** Those of the firmware, where it was built here. */
  readonly kernels: KernelSet | null;
  /** It is what a trace tells of one, whatever that was. */
  readonly isRecorded?: boolean;
  /** What was foretold of its memory; null where nothing was. */
  readonly foretold: Foretold | null;
  /** Bytes of the model's code and constants in flash, where it was built here. */
  readonly modelFlash: number | null;
  /** Bytes that the model's code writes to, where it was built here: its arena, as the compiler laid it out. */
  readonly modelRam: number | null;
  close(): void;
}
