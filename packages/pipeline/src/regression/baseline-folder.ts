// The folder of baselines: `<profile>/<model>.json`. Each file is replaced whole, or stays as it was.
import { mkdir, readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { WherryError } from '@wherry/graph';
import { readRegularFile } from '../inputs/read-regular-file.js';
import { explainOutput } from '../output/output-fault.js';
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

/** Undefined where there is none. Throws BASELINE_INVALID and BASELINE_UNREADABLE. */
export async function readBaseline(folder: string, pair: PairName): Promise<Baseline | undefined> {
  const path = join(folder, pair.profile, `${pair.model}${ending}`);
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

/** Those of a project that lie there. What is no baseline, or of another project, is nothing of its concern. */
export async function listBaselines(folder: string, project: string): Promise<readonly PairName[]> {
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
    return await readBaseline(folder, pair);
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

/** Throws OUTPUT_FAILED. */
export async function writeBaseline(folder: string, baseline: Baseline): Promise<void> {
  const path = join(folder, baseline.profile, `${baseline.model}${ending}`);
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeWholeFile(path, baselineText(baseline));
  } catch (error) {
    throw explainOutput(error, folder);
  }
}

/** One that `listBaselines` has named. Throws OUTPUT_FAILED. */
export async function removeBaseline(folder: string, { model, profile }: PairName): Promise<void> {
  await rm(join(folder, profile, `${model}${ending}`), { force: true }).catch((error: unknown) => {
    throw explainOutput(error, folder);
  });
}
