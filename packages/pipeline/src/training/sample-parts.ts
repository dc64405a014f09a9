// Which samples are trained on, and which are held back for what.
import { stretches } from '../statistics/sample-units.js';

/** `stops`: says which epoch is kept, so that it looks better there than it is; `judges`: says whether that one won anything. */
export type SamplePart = 'trained on' | 'stops' | 'judges';

/** Of the sixteen stretches of each class. */
function partOf(stretch: number): SamplePart {
  if (stretch % 8 === 2) return 'stops';
  return stretch % 8 === 6 ? 'judges' : 'trained on';
}

/**
 * By sample, in the order of the data; `kinds`: its class or label. Neighbours are often alike, so whole stretches are held
 * back, and data is often sorted, so they are stretches of each kind: no class is missing on any side. Few samples of each of
 * few kinds may have none in the stretches that are wanted: then those of the whole file are.
 */
export function samplePartsOf(kinds: readonly number[]): readonly SamplePart[] {
  const byKind = stretches(kinds).map(partOf);
  const isWhole = byKind.includes('stops') && byKind.includes('judges');
  return isWhole ? byKind : stretches(kinds.map(() => 0)).map(partOf);
}
