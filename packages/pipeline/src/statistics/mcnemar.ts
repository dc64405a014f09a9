// McNemar's exact test: whether decisions that changed fell one way more often than a coin would.

/** Of more flips the normal distribution is as good as exact, and 2^-n is no number. */
const mostCounted = 1000;

/**
 * The probability that of `gained` + `lost` throws of a coin so many or more fall on one side, whichever: 1 where none changed.
 * McNemar, Psychometrika 12, 1947, in its exact form.
 */
export function mcnemarProbability(gained: number, lost: number): number {
  const flips = gained + lost;
  const fewer = Math.min(gained, lost);
  if (2 * fewer === flips) return 1;
  if (flips > mostCounted) return 2 * normalTail((Math.abs(gained - lost) - 1) / Math.sqrt(flips));
  let [term, sum] = [0.5 ** flips, 0];
  for (let k = 0; k <= fewer; k++) {
    sum += term;
    term *= (flips - k) / (k + 1);
  }
  return Math.min(1, 2 * sum);
}

/** Abramowitz and Stegun, 26.2.17: off by less than 1e-7. */
function normalTail(z: number): number {
  const t = 1 / (1 + 0.2316419 * z);
  const density = Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
  const series = 0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429)));
  return density * t * series;
}
