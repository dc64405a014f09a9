// All that a test of a pair reads, each by a digest: the same on every machine that has the same files.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { WherryError } from '@wherry/graph';
import type { InputDigest } from '@wherry/lab';
import { labDiagnostics } from '@wherry/lab/diagnostics';
import { findProfile } from '@wherry/profiles';
import { baselineName, type BaselinePlace } from '../regression/baseline-folder.js';
import type { PairToTest } from '../regression/pairs.js';
import { runInputs } from '../run-inputs/run-inputs.js';
import type { EngineName } from '../tool.js';

/**
 * Bytes of the tool, engine, settings, model, data, profile with its kernel table, baseline. What is not there has the digest of
 * nothing. Throws LAB_INPUT_UNREADABLE for what cannot be read.
 */
export async function pairInputs(
  { model, id, library }: PairToTest,
  { folder, project }: BaselinePlace,
  engine: EngineName,
): Promise<readonly InputDigest[]> {
  const files = runInputs(model.settings);
  const baseline = baselineName({ model: model.name, profile: id });
  return [
    { name: 'tool', digest: await toolBytes },
    { name: 'engine', digest: digestOf(engine) },
    { name: 'settings', digest: digestOf(sorted({ project, name: model.name, settings: model.settings })) },
    { name: 'profile', digest: digestOf(sorted(findProfile(library, id))) },
    ...(await inTurn(files, async (path) => ({ name: `file ${path}`, digest: await digestAt(path) }))),
    { name: 'baseline', digest: await digestAt(join(folder, baseline)) },
  ];
}

/** One after the other: a folder of data can be large. */
async function inTurn<From, To>(all: readonly From[], make: (each: From) => Promise<To>): Promise<readonly To[]> {
  const made: To[] = [];
  for (const each of all) made.push(await make(each));
  return made;
}

function digestOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}

/** Whatever order its keys were written in. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, each]) => [key, sorted(each)]));
}

const nothing = digestOf(null);

/** Of a file its bytes; of a folder every file below it, by its name. */
async function digestAt(path: string): Promise<string> {
  try {
    const status = await stat(path);
    if (!status.isDirectory()) return await digestOfFile(path);
    const names = (await readdir(path)).sort();
    return digestOf(await inTurn(names, async (name) => [name, await digestAt(join(path, name))]));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return nothing;
    if (error instanceof WherryError || code === undefined) throw error;
    throw new WherryError(
      labDiagnostics.LAB_INPUT_UNREADABLE,
      { what: `it cannot be read (${code})`, where: path, next: 'see to it that whoever runs this may read it' },
      { cause: error },
    );
  }
}

/**
 * What runs here: a version has many, of one checkout or another. From when it was loaded, as somebody may install another one
 * while a worker runs.
 */
const toolBytes = digestAt(dirname(fileURLToPath(import.meta.url)));
// Whoever asks for it is told.
toolBytes.catch(() => undefined);

async function digestOfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const part of createReadStream(path)) hash.update(part as Uint8Array);
  return hash.digest('hex');
}
