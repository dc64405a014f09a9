// A folder holds one model: the output of a model of another name is no older version of this one's, and is not replaced.
import { join, dirname } from 'node:path';
import { modelNames } from '@wherry/c-source';
import { WherryError } from '@wherry/graph';
import { pipelineDiagnostics } from '../diagnostics.js';
import type { DeployRequest } from '../deployment.js';
import { firmwareNames } from '../export-files.js';
import type { OutputState } from './output-directory.js';

const model = /^(.+)\.tflite$/;

/**
 * `before`: what stands in the folder, judged to be ours. Throws OUTPUT_NOT_OURS, and EXPORT_NAME
 * and EXPORT_SYMBOL, whose advice comes first.
 */
export function requireSameName(
  directory: string,
  before: OutputState,
  request: Pick<DeployRequest, 'name' | 'symbol'>,
): void {
  const names = firmwareNames(request);
  modelNames(names);
  if (before.mark === undefined) return;
  const { files } = JSON.parse(before.mark) as { readonly files: readonly { readonly name: string }[] };
  const there = files.map(({ name }) => model.exec(name)?.[1]).find((name) => name !== undefined);
  const { name } = names;
  if (there === undefined || there === name) return;
  throw new WherryError(pipelineDiagnostics.OUTPUT_NOT_OURS, {
    what: `it holds the files of a model called "${there}", which those of "${name}" would replace`,
    where: directory,
    next: `give each model a folder of its own, for example --out ${join(dirname(directory), name)}; or remove this one`,
  });
}
