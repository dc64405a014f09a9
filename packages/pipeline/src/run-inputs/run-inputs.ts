// What a run of a model reads of the user's beside its profile, told from its settings.
import { dataPaths } from '@wherry/calibration-data';
import type { ProjectModel } from '../config/project.js';

/**
 * Files and folders as the settings name them, each once; of a folder all that is below. A file need not be there. Throws
 * DATA_OPTION.
 */
export function runInputs({ model, calibration, evaluation }: ProjectModel['settings']): readonly string[] {
  const data = [calibration, evaluation].flatMap((text) => (text === undefined ? [] : [dataPaths(text)]));
  return [...new Set([model, ...data.flatMap(({ path, beside }) => [path, ...beside])])];
}
