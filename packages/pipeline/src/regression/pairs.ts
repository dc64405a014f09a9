// The pairs of a project: each model with each profile that it goes to.
import { WherryError } from '@wherry/graph';
import { findProfile, type ProfileLibrary } from '@wherry/profiles';
import { chosenModels, type Project, type ProjectModel } from '../config/project.js';
import { configDiagnostics } from '../config/config-diagnostics.js';
import { profilePath, readProfiles } from '../inputs/profile-folder.js';
import { regressionDiagnostics } from './diagnostics.js';

export interface PairToTest {
  readonly model: ProjectModel;
  /** As the project has it: an id, an alias or a path. */
  readonly profile: string;
  /** Of the profile itself. */
  readonly id: string;
  readonly library: ProfileLibrary;
}

/** What of a project is asked for; all of it where nothing is named. */
export interface Chosen {
  readonly models: readonly string[];
  readonly profiles: readonly string[];
  /** A folder with more profiles. */
  readonly folder?: string | undefined;
  /** Where paths of profiles start: the current folder where it is left out. */
  readonly from?: string | undefined;
}

/** All pairs: nothing is asked for by its name. */
export const everything = { models: [], profiles: [] } as const;

/**
 * In the order of the project. `areAll`: nothing is left out. Throws ARGUMENTS_INVALID, TEST_NOTHING, CONFIG_INVALID where two
 * names of one profile are listed, and the PROFILE_* errors.
 */
export async function pairsOf(
  project: Project,
  { models, profiles, folder, from }: Chosen,
): Promise<{ readonly pairs: readonly PairToTest[]; readonly areAll: boolean }> {
  const pairs: PairToTest[] = [];
  const known = new Map<string, ReturnType<typeof resolved>>();
  // A library is read once for each name, as that takes a while.
  const find = (name: string): ReturnType<typeof resolved> => {
    const found = known.get(name) ?? resolved(profilePath(name, from), folder);
    known.set(name, found);
    return found;
  };
  const chosen = chosenModels(project, models);
  const listed = await Promise.all([...new Set(chosen.flatMap((model) => model.profiles))].map(find));
  // A profile that lies at a path is in no library that its id could be looked up in.
  const wanted = await Promise.all(
    profiles.map(async (name) => listed.find(({ id }) => id === name) ?? (await find(name))),
  );
  for (const model of chosen) {
    const own = await Promise.all(
      model.profiles.map(async (profile) => ({ model, profile, ...(await find(profile)) })),
    );
    const twice = own.find(({ id }, at) => own.findIndex((each) => each.id === id) !== at);
    if (twice !== undefined)
      throw new WherryError(configDiagnostics.CONFIG_INVALID, {
        what: `the model ${model.name} lists the profile ${twice.id} twice, once as ${twice.profile}`,
        where: project.file,
        next: 'leave one of them away',
      });
    pairs.push(...own.filter(({ id }) => wanted.length === 0 || wanted.some((each) => each.id === id)));
  }
  requireEach(project, pairs, { models, wanted: wanted.map(({ id }) => id) });
  return { pairs, areAll: models.length === 0 && profiles.length === 0 };
}

/** Whatever is named is tested, or the run is refused: nobody would notice that it is not. */
function requireEach(
  { file, models: all }: Project,
  pairs: readonly PairToTest[],
  { models, wanted }: { readonly models: readonly string[]; readonly wanted: readonly string[] },
): void {
  const noModel = wanted.find((id) => pairs.every((pair) => pair.id !== id));
  const noProfile = models.find((name) => pairs.every(({ model }) => model.name !== name));
  if (noModel === undefined && noProfile === undefined) return;
  const others = all
    .filter(({ name }) => models.length === 0 || models.includes(name))
    .flatMap(({ profiles }) => profiles);
  throw new WherryError(regressionDiagnostics.TEST_NOTHING, {
    what:
      noModel !== undefined
        ? `${models.length === 0 ? 'no model of the project' : `none of ${models.join(', ')}`} goes to ${noModel}`
        : `${noProfile!} goes to none of ${wanted.join(', ')}`,
    where: file,
    next: `name profiles that they go to: ${[...new Set(others)].join(', ')}`,
  });
}

async function resolved(
  profile: string,
  folder: string | undefined,
): Promise<{ readonly id: string; readonly library: ProfileLibrary }> {
  const { library, id } = await readProfiles(profile, folder);
  return { id: findProfile(library, id).profile.id, library };
}
