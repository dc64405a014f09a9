// Where the values come from that are no choices of an option: profiles, error codes, data formats, preprocessing.
import { WherryError } from '@wherry/graph';
import type { Candidate, ValueSources } from './value-kinds.js';

/** What knows them is loaded where it is asked: most presses of the tab key need none. */
const pipeline = () => import('@wherry/pipeline');

export const valueSources: ValueSources = {
  profiles,
  codes: async () => (await pipeline()).diagnosticCatalogue.map(({ code, title }) => ({ value: code, about: title })),
  formats: async () =>
    Object.values((await pipeline()).dataFormats).map(({ name, summary }) => ({ value: `${name}:`, about: summary })),
  models,
  preprocessing: async () => (await pipeline()).preprocessingWords.map((word) => ({ value: `${word}=`, about: '' })),
};

/** A folder that cannot be read, or a bad file in it, is told by the run that uses it. */
async function profiles(folder: string | undefined): Promise<readonly Candidate[]> {
  const { readProfiles } = await pipeline();
  const { library } = await readProfiles('', folder).catch((error: unknown) => {
    if (error instanceof WherryError) return readProfiles('');
    throw error;
  });
  return [...library.targets.values()].flatMap(({ profile: { id, aliases, chip } }) => [
    { value: id, about: chip },
    ...aliases.map((alias) => ({ value: alias, about: id })),
  ]);
}

/** Of the project in the current folder; what is wrong with its file is told by the run that reads it. */
async function models(): Promise<readonly Candidate[]> {
  const { projectModelNames } = await pipeline();
  const names = await projectModelNames(undefined).catch((error: unknown) => {
    if (error instanceof WherryError) return [];
    throw error;
  });
  return names.map((value) => ({ value, about: 'a model of the project' }));
}
