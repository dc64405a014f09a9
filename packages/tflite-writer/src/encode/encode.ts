// A plain value to the bytes of a .tflite file.
import { Builder } from 'flatbuffers';
import { maxFileBytes } from '../decode/flatbuffer-reader.js';
import { tfliteDiagnostics } from '../diagnostics.js';
import { deprecatedCodeOf } from '../operator-code.js';
import { refuse } from '../refuse.js';
import type { TfliteModelInit } from '../schema/table-types.js';
import { fileIdentifier, schemaVersion } from '../schema/tables.js';
import { encodeTable, type Writing } from './encode-table.js';

/** What tables, names and shapes take at first; the builder doubles it when it is not enough. */
const roomForTables = 1 << 16;

/**
 * Writes a model as a .tflite file. The same model gives the same bytes. Fields that hold their default are left out;
 * equal names, shapes and scales are stored once; buffers that are views of the same memory share their data.
 * `deprecated_builtin_code` is always written to match `builtin_code`. Throws TFLITE_ENCODE for values that do not fit.
 */
export function encode(model: TfliteModelInit): Uint8Array {
  const room = roomForTables + dataBytes(model);
  if (room > maxFileBytes) refuse(tfliteDiagnostics.TFLITE_ENCODE, 'the constants take more than 2 GiB', 'buffers');
  const builder = new Builder(room);
  const writing: Writing = { builder, written: new Map(), views: new Map() };
  const root = encodeTable(
    writing,
    'Model',
    {
      ...model,
      version: model.version ?? schemaVersion,
      operator_codes: model.operator_codes?.map((code) => ({
        ...code,
        deprecated_builtin_code: deprecatedCodeOf(code.builtin_code ?? 'ADD'),
      })),
    },
    'model',
  );
  builder.finish(root, fileIdentifier);
  return builder.asUint8Array().slice();
}

function dataBytes(model: TfliteModelInit): number {
  let bytes = 0;
  for (const { data } of model.buffers ?? []) bytes += (data?.byteLength ?? 0) + 32;
  return bytes;
}
