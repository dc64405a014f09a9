// The names of the ways to choose a range. They import nothing, so that a command can list them at once.

/** The first is the plainest: nothing is clipped that was seen. */
export const rangeMethods = ['min-max', 'moving-average', 'percentile', 'mse', 'entropy'] as const;
export type RangeMethod = (typeof rangeMethods)[number];
