// How long a link waits, and how much is on its way: figures that whoever opens one may change.

export interface LinkPolicy {
  /** HELLO is repeated so often until it is answered. What a device is sent before it listens is lost. */
  readonly helloMs: number;
  /** How long nothing but silence, or text, is borne. Boards boot within a few seconds. */
  readonly silentMs: number;
  /**
   * How long noise is borne in which no frame is whole; twice as long where as much comes as on a line that lets some through. With
   * every seventh byte damaged, minutes are needed.
   */
  readonly noisyMs: number;
  /** The least and the most that a reply is waited for before its request is repeated. */
  readonly leastWaitMs: number;
  readonly mostWaitMs: number;
  /** How long the device may be busy with a run. */
  readonly runMs: number;
  /** How often a device may start anew in one piece of work. */
  readonly restarts: number;
  /** How often a tensor is fetched whose digest is not that of its bytes. */
  readonly fetches: number;
}

export const usualPolicy: LinkPolicy = {
  helloMs: 50,
  silentMs: 5000,
  noisyMs: 15_000,
  leastWaitMs: 20,
  mostWaitMs: 2000,
  runMs: 60_000,
  restarts: 3,
  fetches: 3,
};

/** Of a board that is emulated: one that crashes ends its program, and a busy machine makes it as slow as it likes. */
export const emulatedPolicy: Partial<LinkPolicy> = { silentMs: 120_000, runMs: 600_000 };
