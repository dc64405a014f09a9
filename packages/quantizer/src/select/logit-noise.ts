// Noise of the logits in front of a score, as far as it counts, so that every sample has a say and not the doubtful few alone.

/** How far a certain sample's decision stands from the next best, in powers of e, when its logits are scaled down. */
const softGap = 2;

/** In powers of e: what lies so far below the second best is as good as nowhere, wherever it lies. */
const depth = 8;

/**
 * A certain model gives the same 0 and 1 to most samples, so that the printed error is made by a handful of them and says
 * little of the next. Noise in the logits is alike for all. So a sample's logits are scaled until its decision stands
 * `softGap` above the next (never up), and the divergence of the probabilities that result, 2 KL / scale^2, is the
 * variance of the noise over the classes that count: what lies `depth` below the second best does not. `classes` in a
 * row; 1: one logit against a threshold of 0. A sum over rows, in squared logits.
 */
export function logitNoise(expected: Float32Array, actual: Float32Array, classes: number, beta: number): number {
  let total = 0;
  for (let row = 0; row < expected.length; row += classes) {
    const [wanted, given] =
      classes === 1
        ? [Float32Array.of(expected[row]!, 0), Float32Array.of(actual[row]!, 0)]
        : [expected.subarray(row, row + classes), actual.subarray(row, row + classes)];
    const { first, second } = greatestOf(wanted);
    const scale = Math.min(beta, softGap / Math.max(first - second, Number.MIN_VALUE));
    const least = second - first - depth / beta;
    total +=
      (2 * divergence(logProbabilities(wanted, scale, least), logProbabilities(given, scale, least))) / scale ** 2;
  }
  return total;
}

function greatestOf(logits: Float32Array): { readonly first: number; readonly second: number } {
  let [first, second] = [-Infinity, -Infinity];
  for (const logit of logits) {
    if (logit > first) [first, second] = [logit, first];
    else if (logit > second) second = logit;
  }
  return { first, second };
}

/** Kullback-Leibler divergence in nats. */
function divergence(expected: Float64Array, actual: Float64Array): number {
  let sum = 0;
  for (let c = 0; c < expected.length; c++) sum += Math.exp(expected[c]!) * (expected[c]! - actual[c]!);
  return Math.max(0, sum);
}

/** Of logits times `scale`, none of them taken for less than `least` below the greatest. */
function logProbabilities(logits: Float32Array, scale: number, least: number): Float64Array {
  const { first } = greatestOf(logits);
  const scaled = Float64Array.from(logits, (logit) => scale * Math.max(least, logit - first));
  const sum = scaled.reduce((total, value) => total + Math.exp(value), 0);
  return scaled.map((value) => value - Math.log(sum));
}
