// From a model file to its graph; a refusal that names no place gets the file's name.
import { WherryError } from '@wherry/graph';
import { importModel, type ImportedModel } from '@wherry/importers';
import type { ModelFile } from './read-model-file.js';

/** Throws what importing throws. */
export function importModelFile({ bytes, fileName }: Pick<ModelFile, 'bytes' | 'fileName'>): ImportedModel {
  try {
    return importModel(bytes, { fileName });
  } catch (error) {
    if (!(error instanceof WherryError) || error.details.where !== undefined) throw error;
    throw new WherryError(error.definition, { ...error.details, where: fileName }, { cause: error });
  }
}
