// Which samples are trained on, and which are held back.
import { stretches } from '../statistics/sample-units.js';

/**
 * By sample, in the order of the data; `kinds`: its class or label. Neighbours are often alike, so whole stretches are held
 * back, and data is often sorted, so they are stretches of each kind: no class is missing on either side. Few samples of each of
 * few kinds may have none in the stretches that are wanted: then those of the whole file are.
 */
export function areHeldBack(kinds: readonly number[]): readonly boolean[] {
  const parted = (of: readonly number[]): readonly boolean[] => stretches(of).map((stretch) => stretch % 5 === 2);
  const byKind = parted(kinds);
  return byKind.includes(true) ? byKind : parted(kinds.map(() => 0));
}
