// How a run says where it is; the app decides what that looks like.

/** Stages do not overlap: `begin`, any number of `advance`, `end`. */
export interface ProgressSink {
  /** `total` in units of work, where it is known. */
  begin(stage: string, total?: number): void;
  advance(done: number): void;
  /** What the stage is at, in a few words. */
  note(text: string): void;
  end(): void;
}

/** For callers that do not want to hear of it. */
export const noProgress: ProgressSink = {
  begin: () => undefined,
  advance: () => undefined,
  note: () => undefined,
  end: () => undefined,
};
