// Where more samples are asked for: whether the data has more than were taken.

export interface TakenSamples {
  readonly samples: number;
  /** What they were chosen from; undefined where that is not known without reading it. */
  readonly available?: number | undefined;
}

/** Undefined where all were taken, or it is not known: who asks for more then has to ask for other data. */
export function takingMore({ samples, available }: TakenSamples): string | undefined {
  return available === undefined || available <= samples
    ? undefined
    : `take more of the ${available} that the data has, with a larger --samples`;
}
