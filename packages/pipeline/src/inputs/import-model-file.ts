// From a model file to its graph; a refusal that names no place gets the file's name.
import { WherryError } from '@wherry/graph';
import { importModel, type ImportedModel } from '@wherry/importers';
import type { ModelFile } from './read-model-file.js';

/** `mixed`: what of a .tflite file is wanted, a source or what its runtime is given. Throws what importing throws. */
export function importModelFile(
  { bytes, fileName }: Pick<ModelFile, 'bytes' | 'fileName'>,
  mixed: 'source' | 'as-it-is' = 'source',
): ImportedModel {
  try {
    return importModel(bytes, { fileName, mixed });
  } catch (error) {
    if (!(error instanceof WherryError) || error.details.where !== undefined) throw error;
    throw new WherryError(error.definition, { ...error.details, where: fileName }, { cause: error });
  }
}
