// How a folder shows that this tool wrote it: a JSON file in it lists the others with their hashes, and is sealed itself.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { basename } from 'node:path/posix';
import { sha256 } from '../inputs/read-model-file.js';

/** Text may come in pieces, made anew whenever it is read: the C form of a large model is not to be held. */
export type FileContent = string | Uint8Array | Iterable<string>;

export type OutputFiles = ReadonlyMap<string, FileContent>;

export interface ListedFile {
  /** A path in the folder, its parts between slashes. */
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

/** What stands in a folder. `kept`: the first path that is not ours to remove, and why; otherwise `ours` are all files. */
export type Contents =
  | { readonly kept: string; readonly why: string }
  | {
      readonly kept?: undefined;
      readonly ours: readonly string[];
      /** Folders in it, those within others behind them. */
      readonly folders: readonly string[];
      readonly mark: string | undefined;
      readonly markName?: MarkName;
    };

/** Reads the folder, which must be one. Every file must be listed in the mark and be as it was written. */
export async function contentsOf(directory: string): Promise<Contents> {
  const names = (await readdir(directory)).sort();
  const found = names.filter((name) => !incidental.has(name));
  if (found.length === 0) return { ours: names, folders: [], mark: undefined };
  const marks = markNames.filter((name) => found.includes(name));
  const [mark] = marks;
  if (mark === undefined || marks.length > 1) return { kept: found[0]!, why: 'was not written by this tool' };
  const text = await regularFile(join(directory, mark), greatestMarkBytes);
  const list = text === undefined ? undefined : readMark(text.toString());
  if (list === undefined) return { kept: mark, why: 'was not written by this tool' };
  if (list === 'changed') return { kept: mark, why: 'was changed since this tool wrote it' };
  const { files, folders } = await walk(directory, foldersOf([...list.keys()]));
  const isOther = (path: string): boolean => path !== mark && !incidental.has(basename(path));
  const others = files.filter((path) => isOther(path) && !isTwin(path, (each) => each === mark || list.has(each)));
  const foreign = others.find((name) => !list.has(name));
  if (foreign !== undefined) return { kept: foreign, why: 'was not written by this tool' };
  for (const name of others) {
    const { bytes, sha256: written } = list.get(name)!;
    if ((await hashOf(join(directory, name), bytes)) !== written)
      return { kept: name, why: 'was changed since this tool wrote it' };
  }
  return { ours: files, folders, mark: text!.toString(), markName: mark };
}

/** Those that files at the given paths stand in, the outer ones first. */
export function foldersOf(paths: Iterable<string>): ReadonlySet<string> {
  const folders = new Set<string>();
  for (const path of paths)
    for (let at = path.indexOf('/'); at > 0; at = path.indexOf('/', at + 1)) folders.add(path.slice(0, at));
  return folders;
}

/** Paths in a folder. Looks into `known` folders alone; any other is a path like that of a file. */
export async function walk(
  directory: string,
  known: ReadonlySet<string>,
  at = '',
): Promise<{ readonly files: readonly string[]; readonly folders: readonly string[] }> {
  const files: string[] = [];
  const folders: string[] = [];
  const entries = await readdir(join(directory, at), { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = at === '' ? entry.name : `${at}/${entry.name}`;
    if (!entry.isDirectory() || !known.has(path)) files.push(path);
    else {
      const inside = await walk(directory, known, path);
      files.push(...inside.files);
      folders.push(path, ...inside.folders);
    }
  }
  return { files, folders };
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
function isTwin(path: string, isListed: (path: string) => boolean): boolean {
  const name = basename(path);
  return name.startsWith('._') && isListed(`${path.slice(0, path.length - name.length)}${name.slice(2)}`);
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
