// Quantiles that intervals of 95 % are made with: of Student's t, of the normal and of the chi-square distribution.

/** What is said to be beyond chance is so at this confidence. */
export const confidencePercent = 95;

/** 97.5 % of the normal distribution lie below it. */
export const normalQuantile = 1.959963984540054;

/** One side: so much of the normal distribution lies below it. */
const normalOneSided = { '95 %': 1.6448536269514722, '99.9 %': 3.090232306167813 };

/** 97.5 % quantiles for 1 to 8 degrees of freedom; beyond, the expansion is right to four digits. */
const fewDegrees = [12.706205, 4.302653, 3.182446, 2.776445, 2.570582, 2.446912, 2.364624, 2.306004];

/** 97.5 % quantile of Student's t (Cornish-Fisher expansion: Abramowitz and Stegun, 26.7.5). */
export function studentQuantile(degrees: number): number {
  const known = fewDegrees[degrees - 1];
  if (known !== undefined) return known;
  const z = normalQuantile;
  const [z3, z5, z7, z9] = [z ** 3, z ** 5, z ** 7, z ** 9];
  return (
    z +
    (z3 + z) / (4 * degrees) +
    (5 * z5 + 16 * z3 + 3 * z) / (96 * degrees ** 2) +
    (3 * z7 + 19 * z5 + 17 * z3 - 15 * z) / (384 * degrees ** 3) +
    (79 * z9 + 776 * z7 + 1482 * z5 - 1920 * z3 - 945 * z) / (92160 * degrees ** 4)
  );
}

/** Quantile of chi-square over its degrees of freedom (Wilson and Hilferty). */
export function chiSquareRatio(degrees: number, below: keyof typeof normalOneSided = '95 %'): number {
  const spread = 2 / (9 * degrees);
  return (1 - spread + normalOneSided[below] * Math.sqrt(spread)) ** 3;
}
