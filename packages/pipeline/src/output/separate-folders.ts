// The output must be no place that the run reads from: told by what the paths lead to, not by how they are written.
import { basename, dirname, join, resolve } from 'node:path';
import { dataPaths } from '@wherry/calibration-data';
import { WherryError } from '@wherry/graph';
import type { DeployRequest } from '../deployment.js';
import { pipelineDiagnostics } from '../diagnostics.js';
import { holds, identityOf } from './file-identity.js';

interface Input {
  readonly what: string;
  readonly path: string;
}

/** What a run writes: the folder, and the option that names it. */
interface Output {
  readonly option: '--out' | '--dump';
  readonly path: string;
}

/**
 * Throws OUTPUT_HOLDS_INPUT where a folder to be written holds the model, the data or the settings, lies among the
 * samples, or holds the other folder. Nothing is read but where the paths lead.
 */
export async function requireSeparateFolders(
  request: Pick<DeployRequest, 'model' | 'calibration' | 'evaluation' | 'training'>,
  {
    out,
    dump,
    config,
  }: { readonly out?: string | undefined; readonly dump?: string | undefined; readonly config?: string | undefined },
): Promise<void> {
  const outputs: Output[] = [
    ...(out === undefined ? [] : [{ option: '--out' as const, path: out }]),
    ...(dump === undefined ? [] : [{ option: '--dump' as const, path: dump }]),
  ];
  const data = [
    ...dataInputs('the calibration data', request.calibration),
    ...dataInputs('the evaluation data', request.evaluation),
    ...dataInputs('the training data', request.training?.data),
  ];
  const checkpoint = request.training?.checkpoint;
  const inputs = [
    ...(typeof request.model === 'string' ? [{ what: 'the model', path: request.model }] : []),
    ...data,
    ...(config === undefined ? [] : [{ what: 'the settings', path: config }]),
  ];
  for (const output of outputs) {
    for (const { what, path } of inputs) {
      // What is not there is refused by who reads it, in its own words.
      if ((await identityOf(path)) === undefined) continue;
      if (await holds(output.path, path)) refuse(output, `${what} (${path}) stands in it`, output.path);
      if (data.some((each) => each.path === path) && (await holds(path, output.path)))
        refuse(output, `it lies within ${what} (${path})`, path);
    }
    // Also one that is not there yet: the folder is replaced as a whole.
    if (checkpoint !== undefined && (await holds(output.path, checkpoint)))
      refuse(output, `the checkpoint (${checkpoint}) stands in it`, output.path);
  }
  if (out === undefined || dump === undefined) return;
  if ((await holds(out, dump)) || (await holds(dump, out)))
    refuse({ option: '--dump', path: dump }, `it and the output folder (${out}) lie within each other`, out);
}

/** The data itself, and files beside it that its options name. A source that cannot be parsed is refused by who reads it. */
function dataInputs(what: string, text: DeployRequest['calibration']): readonly Input[] {
  if (typeof text !== 'string') return [];
  try {
    const { path, beside } = dataPaths(text);
    return [{ what, path }, ...beside.map((each) => ({ what: `a file of ${what}`, path: each }))];
  } catch {
    return [];
  }
}

/** @param beside the folder whose neighbour is no place that the run reads from */
function refuse({ option, path }: Output, what: string, beside: string): never {
  const place = resolve(beside);
  throw new WherryError(pipelineDiagnostics.OUTPUT_HOLDS_INPUT, {
    what,
    where: path,
    next: `give it a folder of its own, for example ${option} ${join(dirname(place), `${basename(place)}-${option.slice(2)}`)}`,
  });
}
