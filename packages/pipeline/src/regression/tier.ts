// Where a model is run to be compared with its baseline.

/**
 * `host`: the whole chain, layers by the integer reference. `emu`: the emulated board that stands in for the profile. `hw`: a
 * device at a port.
 */
export const tiers = ['host', 'emu', 'hw'] as const;
export type Tier = (typeof tiers)[number];
