// What accuracy can be lost to, from the data to the kernels that run on the device.

/** Causes that lie in the constants of the file. */
export const constantCauses = ['conversion', 'weight clipping', 'weight rounding', 'bias'] as const;

/** `bias shift`: what a bias is off by beyond its own steps. It is meant where it takes out what weights are wrong by. */
export const constantParts = [...constantCauses, 'bias shift'] as const;

/** Of what a file did this is no part: what rounding to nearest costs, with scales of the values' own and as many of them. */
export const plainRounding = 'plain rounding';

/**
 * `data`: the samples are prepared otherwise than those that the scales were made from, or than the model wants them.
 * `activation range`: what the chosen ranges cost beside those that the samples take; `activation rounding`: the rest.
 * `rounding mode`: what two roundings (`double`) of an accumulator cost beside one. `kernel`: integers that are not what the format says.
 */
export const causes = [
  'data',
  ...constantCauses,
  'activation range',
  'activation rounding',
  'rounding mode',
  'kernel',
] as const;

export type ConstantPart = (typeof constantParts)[number] | typeof plainRounding;
export type ConstantCause = (typeof constantCauses)[number];
export type Cause = (typeof causes)[number];
