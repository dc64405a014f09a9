// A file that is quantized already has a loss that can be explained only beside its float model.
import { WherryError } from '@wherry/graph';
import { importModelFile } from '../inputs/import-model-file.js';
import { readModelFile, type GivenModel } from '../inputs/read-model-file.js';
import { attributionDiagnostics } from './diagnostics.js';

/** Throws EXPLAIN_NOTHING for a model of integers, and what reading it throws. */
export async function requireFloat(model: GivenModel): Promise<void> {
  const file = await readModelFile(model);
  const { graph } = importModelFile(file);
  if (!graph.tensors.some(({ quantization }) => quantization !== undefined)) return;
  throw new WherryError(attributionDiagnostics.EXPLAIN_NOTHING, {
    what: 'the model is quantized already, and there is no float model to hold it against',
    where: file.fileName,
    next: 'add --float FILE, the float model that it was made of, and --evaluation; no profile is needed then. Or give the float model as MODEL, to quantize it for a profile',
  });
}
