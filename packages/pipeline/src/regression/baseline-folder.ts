// The folder of baselines: `<profile>/<model>.json`. Each file is replaced whole, or stays as it was.
import { readdir, rm } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { WherryError } from '@wherry/graph';
import { readRegularFile } from '../inputs/read-regular-file.js';
import { explainOutput } from '../output/output-fault.js';
import { whileLocked } from '../output/output-lock.js';
import { makeFolder, siblingOf } from '../output/staging-folder.js';
import { writeWholeFile } from '../output/whole-file.js';
import { baselineText, parseBaseline, type Baseline } from './baseline.js';
import { regressionDiagnostics } from './diagnostics.js';

export const defaultBaselines = 'baselines';
const greatestBytes = 1 << 24;
const ending = '.json';

export interface PairName {
  readonly model: string;
  readonly profile: string;
}

/** With slashes on every system. */
export function baselineName({ model, profile }: PairName): string {
  return `${profile}/${model}${ending}`;
}

/** Where the baselines of a project are, and whose they are there. */
export interface BaselinePlace {
  readonly folder: string;
  /** The file that describes the project, from where the folder of baselines lies: projects may share it. */
  readonly project: string;
}

/** `file` describes the project; `given`: another folder than the one beside it. */
export function baselinePlace(file: string, given?: string): BaselinePlace {
  const folder = given ?? join(dirname(file), defaultBaselines);
  const project = relative(dirname(resolve(folder)), resolve(file))
    .split(sep)
    .join('/');
  return { folder, project };
}

/** Undefined where there is none. Throws BASELINE_INVALID, of another project too, and BASELINE_UNREADABLE. */
export async function readBaseline({ folder, project }: BaselinePlace, pair: PairName): Promise<Baseline | undefined> {
  const baseline = await baselineAt(folder, pair);
  if (baseline === undefined || baseline.project === project) return baseline;
  throw new WherryError(regressionDiagnostics.BASELINE_INVALID, {
    what: `it is of the project ${baseline.project}, and this is ${project}`,
    where: join(folder, baselineName(pair)),
    next: 'give each project a folder of its own with --baselines; of a project that was renamed, remove the file and run `deploy test --update`',
  });
}

async function baselineAt(folder: string, pair: PairName): Promise<Baseline | undefined> {
  const path = pathOf(folder, pair);
  const read = await readRegularFile(path, greatestBytes);
  if (read instanceof Uint8Array) {
    const baseline = parseBaseline(new TextDecoder().decode(read), path);
    if (baseline.model === pair.model && baseline.profile === pair.profile) return baseline;
    throw new WherryError(regressionDiagnostics.BASELINE_INVALID, {
      what: `it is of the model ${baseline.model} on ${baseline.profile}`,
      where: path,
      next: 'move it to where its name says, or remove it and run `deploy test --update`',
    });
  }
  if (read.kind === 'missing') return undefined;
  const definition = regressionDiagnostics[read.kind === 'denied' ? 'BASELINE_UNREADABLE' : 'BASELINE_INVALID'];
  throw new WherryError(definition, { what: read.what, where: path, next: read.next });
}

/** Those of the project that lie there. What is no baseline, or of another project, is nothing of its concern. */
export async function listBaselines({ folder, project }: BaselinePlace): Promise<readonly PairName[]> {
  const names: PairName[] = [];
  for (const profile of await entriesOf(folder, true))
    for (const file of await entriesOf(join(folder, profile), false))
      if (file.endsWith(ending)) {
        const pair = { profile, model: file.slice(0, -ending.length) };
        if ((await baselineIn(folder, pair))?.project === project) names.push(pair);
      }
  return names;
}

/** Undefined for whatever is none. */
async function baselineIn(folder: string, pair: PairName): Promise<Baseline | undefined> {
  try {
    return await baselineAt(folder, pair);
  } catch (error) {
    if (error instanceof WherryError && error.definition.code === 'BASELINE_INVALID') return undefined;
    throw error;
  }
}

async function entriesOf(folder: string, folders: boolean): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw new WherryError(
      regressionDiagnostics.BASELINE_UNREADABLE,
      { what: error.message, where: folder, next: 'give another folder with --baselines, or have its owner let you' },
      { cause: error },
    );
  });
  return entries
    .filter((entry) => entry.isDirectory() === folders)
    .map(({ name }) => name)
    .sort();
}

/**
 * Writes what `change` makes of the baseline that stands there, if there is one, while no other run does the same. Throws
 * OUTPUT_FAILED, OUTPUT_BUSY, and what reading throws.
 */
export async function updateBaseline(
  place: BaselinePlace,
  pair: PairName,
  change: (before: Baseline | undefined) => Baseline,
): Promise<void> {
  const path = pathOf(place.folder, pair);
  const write = async (): Promise<void> => writeWholeFile(path, baselineText(change(await readBaseline(place, pair))));
  try {
    await makeFolder(dirname(path));
    await whileLocked(siblingOf(path, '.wherry-lock'), path, write);
  } catch (error) {
    throw explainOutput(error, path);
  }
}

/** One that `listBaselines` has named. Throws OUTPUT_FAILED. */
export async function removeBaseline(folder: string, pair: PairName): Promise<void> {
  const path = pathOf(folder, pair);
  await rm(path, { force: true }).catch((error: unknown) => {
    throw explainOutput(error, path);
  });
}

function pathOf(folder: string, { model, profile }: PairName): string {
  return join(folder, profile, `${model}${ending}`);
}
