// How much of a difference between two ways to quantize may be chance, sample by sample: pure functions.

/**
 * Two-sided sign test of decisions in which two ways differ: the chance of a split as uneven as this, were they equally good.
 * `ours`, `theirs`: 1 or 0 per sample. { better, worse, p }.
 */
export function signTest(ours, theirs) {
  let [better, worse] = [0, 0];
  ours.forEach((value, i) => {
    if (value > theirs[i]) better++;
    if (value < theirs[i]) worse++;
  });
  return { better, worse, p: chanceOfSplit(better, worse) };
}

/** Of a split as uneven as this, or more, between equals. */
export function chanceOfSplit(better, worse) {
  const n = better + worse;
  let tail = 0;
  for (let k = 0; k <= Math.min(better, worse); k++) tail += Math.exp(logChoose(n, k) - n * Math.LN2);
  return Math.min(1, 2 * tail);
}

/**
 * How many dB less noise `theirs` has than `ours` in all, and one standard error of that by leaving each sample out once.
 * Squared errors per sample.
 */
export function noiseRatio(ours, theirs) {
  const [mine, others] = [sum(ours), sum(theirs)];
  const without = ours.map((each, i) => decibels(mine - each, others - theirs[i]));
  const mean = sum(without) / without.length;
  const spread = sum(without.map((db) => (db - mean) ** 2));
  return { db: decibels(mine, others), standardError: Math.sqrt(((without.length - 1) / without.length) * spread) };
}

const sum = (values) => values.reduce((total, value) => total + value, 0);
const decibels = (a, b) => 10 * Math.log10(Math.max(a, Number.MIN_VALUE) / Math.max(b, Number.MIN_VALUE));

function logChoose(n, k) {
  let log = 0;
  for (let i = 1; i <= k; i++) log += Math.log((n - k + i) / i);
  return log;
}
