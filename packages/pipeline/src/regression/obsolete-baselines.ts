// Baselines of a project that nothing is compared with any more.
import { baselineName, listBaselines, type BaselinePlace, type PairName } from './baseline-folder.js';
import type { PairToTest } from './pairs.js';

/** @param all every pair of the project. Throws BASELINE_UNREADABLE. */
export async function obsoleteBaselines(
  place: BaselinePlace,
  all: readonly PairToTest[],
): Promise<readonly PairName[]> {
  const used = new Set(all.map(({ model, id }) => baselineName({ model: model.name, profile: id })));
  return (await listBaselines(place)).filter((each) => !used.has(baselineName(each)));
}
