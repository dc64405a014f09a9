// Of the mixtures that were probed for memory: the one to measure.
import type { MixedUnit } from '@wherry/quantizer';
import type { MixPoint } from '../deployment.js';

export interface Probed {
  readonly raised: readonly MixedUnit[];
  readonly point: MixPoint;
}

/**
 * The most accurate, and of two alike the one with fewer layers raised: more layers of more precision are not always more
 * accurate, as each conversion between them rounds as well. Undefined where none with any layer raised fits.
 */
export function bestThatFits(probed: readonly Probed[]): readonly MixedUnit[] | undefined {
  const fitting = probed.filter(({ point, raised }) => point.fits && raised.length > 0);
  // What makes no noise at all has no figure.
  const accuracyOf = ({ point }: Probed): number => point.sqnrDb ?? Infinity;
  return fitting.sort((a, b) => accuracyOf(b) - accuracyOf(a) || a.raised.length - b.raised.length)[0]?.raised;
}
