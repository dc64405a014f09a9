// Whether the noise of a quantization is that of rounding: then there is no cause of it that could be mended.
import type { RoundingNoise } from './attribution.js';

/**
 * dB above plain rounding. Ranges are made from other samples than those that are looked at: in the networks that this was measured
 * on that alone made min-max ranges up to 1.5 dB worse, and up to 1.7 better (decision 30).
 */
const healthyDb = 2;

/** `total`: noise of the integers, `plain`: that of rounding alone; both are means over the same samples. */
export function withinRounding(total: number, plain: number): RoundingNoise {
  const beyondDb = total === 0 || plain === 0 ? null : 10 * Math.log10(total / plain);
  return {
    sqnrDb: plain === 0 ? null : -10 * Math.log10(plain),
    beyondDb,
    isAll: total === 0 || (beyondDb !== null && beyondDb <= healthyDb),
  };
}
