// How a folder shows that this tool wrote it: a JSON file in it lists the others with their hashes, and is sealed itself.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256 } from '../inputs/read-model-file.js';

/** Text may come in pieces, made anew whenever it is read: the C form of a large model is not to be held. */
export type FileContent = string | Uint8Array | Iterable<string>;

export type OutputFiles = ReadonlyMap<string, FileContent>;

export interface ListedFile {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** Names under which the list can stand: in an output set, and in a dump. */
export const markNames = ['report.json', 'files.json'] as const;
export type MarkName = (typeof markNames)[number];

/** Left behind by file managers: nobody's work. */
const incidental: ReadonlySet<string> = new Set(['.DS_Store', 'Thumbs.db', 'desktop.ini']);

/** No list is nearly as long; what is longer is not read. */
const greatestMarkBytes = 1 << 26;
const unsealed = '0'.repeat(64);

export function listFiles(files: OutputFiles): readonly ListedFile[] {
  return [...files].map(([name, content]) => ({ name, ...measured(content) }));
}

function measured(content: FileContent): Omit<ListedFile, 'name'> {
  const hash = createHash('sha256');
  let bytes = 0;
  for (const piece of typeof content === 'string' || content instanceof Uint8Array ? [content] : content) {
    hash.update(piece);
    bytes += Buffer.byteLength(piece);
  }
  return { bytes, sha256: hash.digest('hex') };
}

/** The document as text, with the SHA-256 of that text (zeros in the seal's place) as its last key. */
export function sealed(document: object): string {
  const text = `${JSON.stringify({ ...document, seal: unsealed }, null, 2)}\n`;
  return withSeal(text, sha256(text));
}

function withSeal(text: string, seal: string): string {
  return text.replace(/("seal": ")[0-9a-f]{64}("\n\}\n)$/, `$1${seal}$2`);
}

/** What stands in a folder. `kept`: the first name that is not ours to remove, and why; otherwise `ours` are all names. */
export type Contents =
  | { readonly kept: string; readonly why: string }
  | {
      readonly kept?: undefined;
      readonly ours: readonly string[];
      readonly mark: string | undefined;
      readonly markName?: MarkName;
    };

/** Reads the folder, which must be one. Every file must be listed in the mark and be as it was written. */
export async function contentsOf(directory: string): Promise<Contents> {
  const names = (await readdir(directory)).sort();
  const found = names.filter((name) => !incidental.has(name));
  if (found.length === 0) return { ours: names, mark: undefined };
  const marks = markNames.filter((name) => found.includes(name));
  const [mark] = marks;
  if (mark === undefined || marks.length > 1) return { kept: found[0]!, why: 'was not written by this tool' };
  const text = await regularFile(join(directory, mark), greatestMarkBytes);
  const list = text === undefined ? undefined : readMark(text.toString());
  if (list === undefined) return { kept: mark, why: 'was not written by this tool' };
  if (list === 'changed') return { kept: mark, why: 'was changed since this tool wrote it' };
  const others = found.filter((name) => name !== mark && !isTwin(name, (each) => each === mark || list.has(each)));
  const foreign = others.find((name) => !list.has(name));
  if (foreign !== undefined) return { kept: foreign, why: 'was not written by this tool' };
  for (const name of others) {
    const { bytes, sha256: written } = list.get(name)!;
    if ((await hashOf(join(directory, name), bytes)) !== written)
      return { kept: name, why: 'was changed since this tool wrote it' };
  }
  return { ours: names, mark: text!.toString(), markName: mark };
}

/** Undefined for anything but a regular file, and for more bytes than that. */
async function hashOf(path: string, greatestBytes: number): Promise<string | undefined> {
  const status = await lstat(path);
  if (!status.isFile() || status.size > greatestBytes) return undefined;
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

/** `._name`, in which macOS keeps on foreign disks what it has to say of `name`. */
function isTwin(name: string, isListed: (name: string) => boolean): boolean {
  return name.startsWith('._') && isListed(name.slice(2));
}

/** Undefined for anything else, and for more bytes than that. */
async function regularFile(path: string, greatestBytes: number): Promise<Buffer | undefined> {
  const status = await lstat(path);
  return status.isFile() && status.size <= greatestBytes ? readFile(path) : undefined;
}

/** The files by name; `changed` where the seal is broken, undefined where it is no list of this tool. */
function readMark(text: string): ReadonlyMap<string, ListedFile> | 'changed' | undefined {
  const document = parsed(text);
  if (typeof document !== 'object' || document === null) return undefined;
  const { tool, files, seal } = document as { readonly [key: string]: unknown };
  if ((tool as { readonly name?: unknown } | null | undefined)?.name !== 'wherry') return undefined;
  if (!Array.isArray(files) || !files.every(isListed)) return undefined;
  // Version 0.1.0 wrote reports without a seal: its other files still have to be as they are listed.
  if (seal !== undefined && seal !== sha256(withSeal(text, unsealed))) return 'changed';
  return new Map(files.map((file) => [file.name, file]));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isListed(file: unknown): file is ListedFile {
  if (typeof file !== 'object' || file === null) return false;
  const { name, bytes, sha256: hash } = file as Readonly<Record<string, unknown>>;
  return typeof name === 'string' && typeof bytes === 'number' && typeof hash === 'string' && hash.length === 64;
}
