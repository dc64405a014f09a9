// How much of what is known without samples counts beside what samples show.

/** As many samples are worth as much as what is known without them. */
const priorSamples = 20;

/** From 1 without `evidence`, a number of samples as far as they differ, towards 0. */
export function priorWeight(evidence: number): number {
  return priorSamples / (priorSamples + evidence);
}
