// Where the values come from that are no choices of an option: profiles, error codes, data formats, preprocessing.
import { dataFormats, diagnosticCatalogue, preprocessingWords, readProfiles } from '@wherry/pipeline';
import { WherryError } from '@wherry/graph';
import type { Candidate, ValueSources } from './value-kinds.js';

export const valueSources: ValueSources = {
  profiles,
  codes: () => diagnosticCatalogue.map(({ code, title }) => ({ value: code, about: title })),
  formats: () => Object.values(dataFormats).map(({ name, summary }) => ({ value: `${name}:`, about: summary })),
  preprocessing: () => preprocessingWords.map((word) => ({ value: `${word}=`, about: '' })),
};

/** A folder that cannot be read, or a bad file in it, is told by the run that uses it. */
async function profiles(folder: string | undefined): Promise<readonly Candidate[]> {
  const { library } = await readProfiles('', folder).catch((error: unknown) => {
    if (error instanceof WherryError) return readProfiles('');
    throw error;
  });
  return [...library.targets.values()].flatMap(({ profile: { id, aliases, chip } }) => [
    { value: id, about: chip },
    ...aliases.map((alias) => ({ value: alias, about: id })),
  ]);
}
