// A zip archive behind the FlatBuffer of a model, whose offsets count from the start of the file: how label files travel with it.
import { WherryError } from '@wherry/graph';
import { unzipSync, zipSync } from 'fflate';
import { tfliteDiagnostics } from '../diagnostics.js';

/** Labels and vocabularies take less; what claims more is not unpacked. */
const greatestBytes = 1 << 22;
const mostFiles = 64;

/** Zip has local time without a zone; the first moment that it can say, on every machine. */
const noTime = new Date(1980, 0, 1);

const signatures = { file: 0x04034b50, entry: 0x02014b50, end: 0x06054b50 };
const endBytes = 22;
const entryBytes = 46;

/** The files stored as they are, by name in the order of the map. */
export function packFiles(model: Uint8Array, files: ReadonlyMap<string, Uint8Array>): Uint8Array {
  if (files.size === 0) return model;
  const archive = zipSync(Object.fromEntries(files), { level: 0, mtime: noTime });
  const view = viewOf(archive);
  const end = archive.length - endBytes;
  for (const at of entriesOf(view, end, 0)) move(view, at + 42, model.length);
  move(view, end + 16, model.length);
  const packed = new Uint8Array(model.length + archive.length);
  packed.set(model);
  packed.set(archive, model.length);
  return packed;
}

/** Empty where nothing is packed. Throws TFLITE_METADATA for an archive that is broken or larger than labels are. */
export function packedFiles(model: Uint8Array): ReadonlyMap<string, Uint8Array> {
  const view = viewOf(model);
  const end = endOfArchive(view);
  if (end === undefined) return new Map();
  try {
    // Some write offsets from the start of the archive instead.
    const start = end - view.getUint32(end + 12, true) - view.getUint32(end + 16, true);
    requireUsual(view, end, start);
    const files = unzipSync(model.subarray(start));
    return new Map(Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1)));
  } catch (error) {
    const what = `the files packed behind the model cannot be taken over: ${(error as Error).message}`;
    const next = 'pack them again, or leave them away';
    throw new WherryError(tfliteDiagnostics.TFLITE_METADATA, { what, where: 'metadata', next }, { cause: error });
  }
}

/** What the library that unpacks takes on trust. */
function requireUsual(view: DataView, end: number, start: number): void {
  const entries = entriesOf(view, end, start);
  const bytes = entries.reduce((sum, at) => sum + view.getUint32(at + 24, true), 0);
  if (entries.length > mostFiles || bytes > greatestBytes) throw new RangeError('they are larger than labels are');
  const isWhole =
    start >= 0 &&
    entries.length === view.getUint16(end + 10, true) &&
    entries.every((at) => view.getUint32(start + view.getUint32(at + 42, true), true) === signatures.file);
  if (!isWhole) throw new RangeError('the directory of the archive does not go with it');
}

/** Where the entries of the directory stand, which ends where the end of the archive begins. */
function entriesOf(view: DataView, end: number, start: number): number[] {
  const entries: number[] = [];
  let at = start + view.getUint32(end + 16, true);
  while (at >= 0 && at + entryBytes <= end && view.getUint32(at, true) === signatures.entry) {
    entries.push(at);
    const lengths = [28, 30, 32].map((field) => view.getUint16(at + field, true));
    at += entryBytes + lengths.reduce((sum, length) => sum + length, 0);
  }
  return entries;
}

/** Of a zip archive at the end of the file, up to a comment. */
function endOfArchive(view: DataView): number | undefined {
  const least = Math.max(0, view.byteLength - endBytes - 0xffff);
  for (let at = view.byteLength - endBytes; at >= least; at--) {
    const isEnd = view.getUint32(at, true) === signatures.end;
    if (isEnd && at + endBytes + view.getUint16(at + 20, true) === view.byteLength) return at;
  }
  return undefined;
}

function move(view: DataView, at: number, by: number): void {
  view.setUint32(at, view.getUint32(at, true) + by, true);
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
