// Opens a .keras archive: a zip of the model's configuration, its weights as HDF5, and who wrote it.
import { WherryError } from '@wherry/graph';
import {
  crc32,
  findEnd,
  localHeaderBytes,
  longestTail,
  readDirectory,
  readLocalHeader,
  ZipFault,
  type ZipMember,
} from '@wherry/zip-archive';
import { importDiagnostics } from '../diagnostics.js';
import { inflateBounded } from '../inflate-bounded.js';

export interface KerasArchive {
  /** JSON. */
  readonly config: string;
  /** JSON; undefined where the archive does not have it. */
  readonly metadata: string | undefined;
  /** An HDF5 file. */
  readonly weights: Uint8Array;
}

const MIB = 1024 * 1024;
/** Members that are looked at; a model's vocabularies and the like lie beside them. */
const MAX_MEMBERS = 10000;
/** Keras stores without compression. Whoever packed again gained little: weights hardly shrink. */
const MAX_RATIO = 32;
/** A configuration of this size has some hundred thousand layers. */
const MAX_TEXT = 64 * MIB;

/** Throws KERAS_ARCHIVE_INVALID. Only the three known members are opened; nothing is written anywhere. */
export function openKerasArchive(bytes: Uint8Array): KerasArchive {
  const members = told(() => {
    const end = findEnd(bytes.subarray(Math.max(0, bytes.length - longestTail)), bytes.length);
    if (end.count > MAX_MEMBERS) throw new ZipFault(`it has ${end.count} members`);
    return readDirectory(bytes.subarray(end.offset, end.offset + end.bytes), end);
  });
  const find = (name: string): ZipMember | undefined => members.find((member) => member.name === name);
  const [config, metadata, weights] = [find('config.json'), find('metadata.json'), find('model.weights.h5')];
  if (config === undefined || weights === undefined) return refuseOther(members);
  return {
    config: textOf(bytes, config),
    metadata: metadata === undefined ? undefined : textOf(bytes, metadata),
    weights: contentOf(bytes, weights),
  };
}

function textOf(bytes: Uint8Array, member: ZipMember): string {
  if (member.bytes > MAX_TEXT) refuse(`member "${member.name}" is declared to have ${member.bytes} bytes`);
  return new TextDecoder().decode(contentOf(bytes, member));
}

function contentOf(bytes: Uint8Array, member: ZipMember): Uint8Array {
  const { name, headerOffset, compressedBytes } = member;
  const start = told(() => readLocalHeader(bytes.subarray(headerOffset, headerOffset + localHeaderBytes), member));
  const body = bytes.subarray(start, start + compressedBytes);
  if (body.length < compressedBytes) refuse(`member "${name}" reaches over the end of the file`);
  const content = member.stored ? body : inflated(body, member);
  if (content.length !== member.bytes || crc32(content) !== member.crc)
    refuse(`member "${name}" does not have its checksum`);
  return content;
}

function inflated(body: Uint8Array, { name, bytes }: ZipMember): Uint8Array {
  if (bytes > MIB + MAX_RATIO * body.length)
    return refuse(`member "${name}" would grow from ${body.length} to ${bytes} bytes`);
  const content = inflateBounded(body, bytes);
  if (content === 'longer') return refuse(`member "${name}" holds more than its ${bytes} bytes`);
  return content === 'broken' ? refuse(`member "${name}" cannot be decompressed`) : content;
}

function told<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof ZipFault) return refuse(error.message);
    throw error;
  }
}

const SAVE_AGAIN = 'copy the file again, or save it again in Python with model.save("model.keras")';

/** An archive of something else: what people mistake for a .keras file. */
function refuseOther(members: readonly ZipMember[]): never {
  const names = members.map(({ name }) => name);
  const within = (end: string): boolean => names.some((name) => name === end || name.endsWith(`/${end}`));
  if (within('saved_model.pb'))
    return refuse(
      'it holds a SavedModel',
      'unpack it, convert the folder with tf.lite.TFLiteConverter.from_saved_model(...) without optimizations and give the .tflite',
    );
  if (names.some((name) => name.endsWith('/config.json')))
    return refuse(
      'its members lie in a folder: it was unpacked and packed again from outside',
      'pack the members themselves: cd into the folder and run zip -0 ../model.keras config.json metadata.json model.weights.h5',
    );
  if (names.includes('model.weights.npz'))
    return refuse('its weights are in model.weights.npz', 'save it in Python with model.save("model.keras")');
  const inner = names.find((name) => /\.(keras|h5|hdf5|tflite)$/.test(name) && name !== 'model.weights.h5');
  if (inner !== undefined) return refuse(`it is an archive around ${inner}`, `unpack it and give ${inner}`);
  const listed = names.slice(0, 5).join(', ') + (names.length > 5 ? ', ...' : '');
  return refuse(
    `a .keras file has config.json and model.weights.h5; this archive has ${listed === '' ? 'nothing' : listed}`,
  );
}

function refuse(what: string, next = SAVE_AGAIN): never {
  throw new WherryError(importDiagnostics.KERAS_ARCHIVE_INVALID, {
    what: `the zip archive cannot be read as a .keras file: ${what}`,
    next,
  });
}
