// Baselines of a project that nothing is compared with any more.
import { baselineName, listBaselines, type PairName } from './baseline-folder.js';
import type { PairToTest } from './pairs.js';

/** @param all every pair of the project, whose file has that name. Throws BASELINE_UNREADABLE. */
export async function obsoleteBaselines(
  folder: string,
  { pairs: all, project }: { readonly pairs: readonly PairToTest[]; readonly project: string },
): Promise<readonly PairName[]> {
  const used = new Set(all.map(({ model, id }) => baselineName({ model: model.name, profile: id })));
  return (await listBaselines(folder, project)).filter((each) => !used.has(baselineName(each)));
}
