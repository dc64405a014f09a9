// The complementary error function, which JavaScript has not: what GELU weighs its input by.

/** Below it the series needs fewer terms than the fraction. */
const seriesEnd = 2.5;

/** 2 / sqrt(pi) times the integral of exp(-t^2) from x on; to about 14 digits of its value. */
export function complementaryErrorFunction(x: number): number {
  if (Number.isNaN(x)) return NaN;
  if (x < 0) return 2 - complementaryErrorFunction(-x);
  return x < seriesEnd ? 1 - errorSeries(x) : tailFraction(x);
}

/** 2 / sqrt(pi) exp(-x^2) times the sum of 2^n x^(2n+1) / (1 * 3 * ... * (2n+1)): no term is negative. Source: DLMF 7.6.2. */
function errorSeries(x: number): number {
  let term = x;
  let sum = 0;
  for (let n = 0; sum + term !== sum; n++) {
    sum += term;
    term *= (2 * x * x) / (2 * n + 3);
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

/** exp(-x^2) / sqrt(pi) / (x + (1/2) / (x + 1 / (x + (3/2) / (x + ...)))), from within. Source: DLMF 7.9.1. */
function tailFraction(x: number): number {
  let denominator = x;
  for (let n = 80; n > 0; n--) denominator = x + n / 2 / denominator;
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / denominator;
}
