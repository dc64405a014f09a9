// A line to a device as a stream of bytes, whatever carries it: a serial port, a pty, a socket, a simulation.

export interface PortEvents {
  /** A view that holds during the call only. */
  data(bytes: Uint8Array): void;
  /** The other end is gone; nothing comes any more. */
  closed(reason: string): void;
}

/** What a serial port has beside its data. */
export interface PortSignals {
  /** The levels of the lines, true where asserted. False where the port has none, as a pty. */
  set(levels: SignalLevels): Promise<boolean>;
  setBaud(baud: number): Promise<void>;
}

export interface SignalLevels {
  readonly dtr: boolean;
  readonly rts: boolean;
}

/** Open from the start. What is written arrives in this order, damaged or not at all. */
export interface Port {
  /** As messages call it, e.g. `/dev/ttyACM0`. */
  readonly name: string;
  readonly signals?: PortSignals;
  /** What answers is a program that stands in for a device: how long it takes is a matter of this machine. */
  readonly isEmulated?: boolean;
  /** What a trace tells of one: nothing can be flashed there. */
  readonly isRecorded?: boolean;
  /** What on this machine may be why nothing answers; null where nothing is known. */
  readonly suspect?: () => string | null;
  listen(events: PortEvents): void;
  /** The bytes may be reused after it returns. */
  write(bytes: Uint8Array): void;
  /** Bytes written that have not gone out yet, as far as is known here. */
  waiting(): number;
  close(): void;
}
