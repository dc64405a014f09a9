// What a device may do wrong, on demand.
import type { RecordOf } from '@wherry/device-protocol';

export interface DeviceFaults {
  /** Mean time between restarts at moments by chance, in milliseconds. */
  readonly restartsEvery?: number;
  /** It never comes further than its boot log, and starts again. */
  readonly bootLoop?: boolean;
  /** It says nothing any more after so many replies. */
  readonly silentAfter?: number;
  /** Printed in front of every so manieth reply, as `printf` of the application would. */
  readonly chatter?: { readonly every: number; readonly text: string };
  /** What it says of itself that is not so. */
  readonly identity?: Partial<RecordOf<'IDENTITY'>>;
  /** Its version of the protocol, where it is another one. */
  readonly version?: number;
  /** Added to what it says of the size of tensors. */
  readonly sizeLie?: number;
  /** The tensor at this position has one bit that the run did not give, as a wrong kernel would leave it. */
  readonly wrongTensor?: number;
  /** Each so manieth part of a tensor has another bit: the frame is sound, its content is not. */
  readonly spoils?: number;
  /** Ticks that its clock counts for each one that it should. */
  readonly clockRate?: number;
  /** The runtime refuses to run, with this code. */
  readonly runFails?: number;
}
