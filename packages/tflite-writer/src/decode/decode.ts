// Bytes of a .tflite file to a plain value.
import { tfliteDiagnostics } from '../diagnostics.js';
import { deprecatedCodeOf, resolveBuiltin } from '../operator-code.js';
import { refuse } from '../refuse.js';
import type { Operator, OperatorCode, Table, TfliteModel } from '../schema/table-types.js';
import { fileIdentifier } from '../schema/tables.js';
import { decodeTable, moved, positionOf } from './decode-table.js';
import { FlatbufferReader, maxFileBytes } from './flatbuffer-reader.js';

export interface DecodeOptions {
  /**
   * Refuse constant data that does not start at a multiple of 16 bytes, as the schema asks. Off by default: half of the
   * models in circulation were written without. For files that are to be flashed, where the device reads them in place.
   */
  readonly alignedData?: boolean;
}

/**
 * Reads a .tflite file, checking its structure on the way: any bytes give a model or a WherryError (`TFLITE_*`), in time
 * linear in their number. Byte vectors of the result are views into `bytes`; nothing large is copied.
 *
 * The result says the same as the file with three differences of form: `builtin_code` holds the operator even when the
 * file has it in the deprecated field only; data and custom options that lie behind the FlatBuffer (`offset`, `size`)
 * are found in place; and an empty vector of bytes for them is left out, as the runtime takes it for missing anyway.
 */
export function decode(bytes: Uint8Array, options: DecodeOptions = {}): TfliteModel {
  checkHeader(bytes);
  const reader = new FlatbufferReader(bytes, options.alignedData ?? false);
  const model = decodeTable(reader, 'Model', reader.follow(0, 'the model'));
  return moved(model, {
    ...model,
    ...(model.operator_codes && { operator_codes: model.operator_codes.map(withOneCode) }),
    ...(model.buffers && { buffers: model.buffers.map((buffer, i) => withOwnData(bytes, buffer, i)) }),
    ...(model.subgraphs && {
      subgraphs: model.subgraphs.map((subgraph, s) =>
        moved(subgraph, {
          ...subgraph,
          ...(subgraph.operators && {
            operators: subgraph.operators.map((operator, o) =>
              withOwnOptions(bytes, operator, `subgraphs[${s}].operators[${o}]`),
            ),
          }),
        }),
      ),
    }),
  });
}

function checkHeader(bytes: Uint8Array): void {
  if (bytes.byteLength > maxFileBytes) {
    refuse(tfliteDiagnostics.TFLITE_LIMIT, `the file has ${bytes.byteLength} bytes, more than 2 GiB`, 'model');
  }
  const identifier = String.fromCharCode(...bytes.subarray(4, 8));
  if (identifier !== fileIdentifier) {
    refuse(tfliteDiagnostics.TFLITE_NOT_A_MODEL, `byte 4 does not start with ${fileIdentifier}`, 'model', 4);
  }
}

function withOneCode(code: OperatorCode, index: number): OperatorCode {
  const builtin = resolveBuiltin(code.builtin_code, code.deprecated_builtin_code);
  if (builtin === undefined) {
    const what = `${code.deprecated_builtin_code} is not a value of BuiltinOperator`;
    return refuse(tfliteDiagnostics.TFLITE_NEWER_SCHEMA, what, `operator_codes[${index}]`, positionOf(code));
  }
  return moved(code, { ...code, builtin_code: builtin, deprecated_builtin_code: deprecatedCodeOf(builtin) });
}

function withOwnData(bytes: Uint8Array, buffer: Table<'Buffer'>, index: number): Table<'Buffer'> {
  const data = buffer.data ?? behind(bytes, buffer.offset, buffer.size, `buffers[${index}]`, positionOf(buffer));
  return moved(buffer, { ...(data && { data }), offset: 0n, size: 0n });
}

function withOwnOptions(bytes: Uint8Array, operator: Operator, path: string): Operator {
  const { large_custom_options_offset: offset, large_custom_options_size: size } = operator;
  if (offset === 0n && size === 0n) return operator;
  const options = operator.custom_options ?? behind(bytes, offset, size, path, positionOf(operator));
  return moved(operator, {
    ...operator,
    ...(options && { custom_options: options }),
    large_custom_options_offset: 0n,
    large_custom_options_size: 0n,
  });
}

/** Bytes that lie after the FlatBuffer, counted from the start of the file. Offsets 0 and 1 mean that there are none. */
function behind(bytes: Uint8Array, offset: bigint, size: bigint, path: string, at?: number): Uint8Array | undefined {
  if (offset <= 1n || size === 0n) return undefined;
  if (offset + size > BigInt(bytes.byteLength)) {
    const what = `${size} bytes at ${offset} lie outside of a file of ${bytes.byteLength}`;
    refuse(tfliteDiagnostics.TFLITE_STRUCTURE, what, path, at);
  }
  return bytes.subarray(Number(offset), Number(offset + size));
}
