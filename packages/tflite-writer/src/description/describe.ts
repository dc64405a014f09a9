// Puts what an application has to know of a model into its file: TensorFlow Lite's model metadata, and files packed behind it.
import { Builder } from 'flatbuffers';
import { decode } from '../decode/decode.js';
import { decodeTable } from '../decode/decode-table.js';
import { FlatbufferReader } from '../decode/flatbuffer-reader.js';
import { encode } from '../encode/encode.js';
import { encodeTable } from '../encode/encode-table.js';
import { readMetadata, withMetadata } from '../metadata.js';
import type { Table, TableInit } from '../schema/table-types.js';
import { packFiles, packedFiles } from './packed-files.js';

/** The entry under which the runtimes' libraries look for it. */
const descriptionName = 'TFLITE_METADATA';
const descriptionIdentifier = 'M001';
/** The least version of a parser that knows all that is written here: nothing of it came after the first. */
const leastParser = '1.0.0';

export type ModelDescription = Omit<TableInit<'ModelMetadata'>, 'min_parser_version'>;
export type TensorDescription = TableInit<'TensorMetadata'>;

/** A FlatBuffer of `ModelMetadata`, and the files that it names. */
export interface Description {
  readonly bytes: Uint8Array;
  readonly files: ReadonlyMap<string, Uint8Array>;
}

export function encodeDescription(model: ModelDescription): Uint8Array {
  const builder = new Builder(1 << 12);
  const writing = { builder, written: new Map(), views: new Map() };
  const root = encodeTable(writing, 'ModelMetadata', { ...model, min_parser_version: leastParser }, 'description');
  builder.finish(root, descriptionIdentifier);
  return builder.asUint8Array().slice();
}

/** The .tflite with the description in place of one that it may have had; the same of both gives the same bytes. */
export function describe(tflite: Uint8Array, { bytes, files }: Description): Uint8Array {
  return packFiles(encode(withMetadata(decode(tflite), descriptionName, bytes)), files);
}

/**
 * What the file says of itself; undefined where it says nothing. Throws TFLITE_METADATA for files that cannot be unpacked, and
 * TFLITE_STRUCTURE and TFLITE_NEWER_SCHEMA for a description that nobody could read.
 */
export function readDescription(tflite: Uint8Array): Description | undefined {
  const bytes = readMetadata(decode(tflite), descriptionName);
  if (bytes === undefined) return undefined;
  decodeDescription(bytes);
  return { bytes, files: packedFiles(tflite) };
}

export function decodeDescription(bytes: Uint8Array): Table<'ModelMetadata'> {
  // Where it stands in the model it need not be aligned, which its own offsets count on.
  const reader = new FlatbufferReader(bytes.slice(), false);
  return reader.within(descriptionName, () =>
    decodeTable(reader, 'ModelMetadata', reader.follow(0, 'the description')),
  );
}
