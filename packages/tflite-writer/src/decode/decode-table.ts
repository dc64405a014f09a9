// Reads any table of the schema into a plain object, by its description.
import {
  layoutOf,
  scalarSizes,
  type ElementType,
  type Field,
  type FieldType,
  type ScalarName,
  type TableLayout,
} from '../schema/field-notation.js';
import type { Table } from '../schema/table-types.js';
import type { TableName } from '../schema/tables.js';
import { type FlatbufferReader, type TablePosition } from './flatbuffer-reader.js';

const positions = new WeakMap<object, number>();

/** The byte at which a decoded table stands in its file; undefined for tables that were not decoded. */
export function positionOf(table: object | undefined): number | undefined {
  return table === undefined ? undefined : positions.get(table);
}

/** `changed`, known to stand in the file where `original` stands. */
export function moved<T extends object>(original: T, changed: T): T {
  const at = positions.get(original);
  if (at !== undefined) positions.set(changed, at);
  return changed;
}

export function decodeTable<N extends TableName>(reader: FlatbufferReader, name: N, at: number): Table<N> {
  return reader.deeper(at, () => {
    const layout = layoutOf(name);
    const table = reader.table(at);
    const value: Record<string, unknown> = {};
    for (const field of layout.fields) {
      const decoded = reader.within(field.name, () => decodeField(reader, table, field));
      if (decoded !== undefined) value[field.name] = decoded;
    }
    refuseUnknownFields(reader, table, layout);
    positions.set(value, at);
    return value as Table<N>;
  });
}

/** A field past the known ones would be lost when the model is written again. */
function refuseUnknownFields(reader: FlatbufferReader, table: TablePosition, layout: TableLayout): void {
  for (let id = layout.fieldCount; id < table.slots; id++) {
    const at = reader.field(table, id, 1);
    if (at !== undefined) reader.refuseNewer(`field number ${id} of ${layout.name} is not in the known schema`, at);
  }
}

function decodeField(reader: FlatbufferReader, table: TablePosition, field: Field): unknown {
  const { type } = field;
  if (type.is === 'union') return decodeUnion(reader, table, field, type);
  const at = reader.field(table, field.id, inlineSize(type));
  if (at === undefined) return field.absent;
  return type.is === 'vector'
    ? decodeVector(reader, reader.follow(at, 'a vector'), type)
    : decodeElement(reader, at, type);
}

/** Bytes of a value inside of its table or vector: itself, or the offset to it. */
function inlineSize(type: Exclude<FieldType, { is: 'union' }>): number {
  return type.is === 'scalar' || type.is === 'enum' ? scalarSizes[type.scalar] : 4;
}

function decodeUnion(
  reader: FlatbufferReader,
  table: TablePosition,
  field: Field,
  union: Extract<FieldType, { is: 'union' }>,
): unknown {
  const codeAt = reader.field(table, field.id, 1);
  const valueAt = reader.field(table, field.id + 1, 4);
  const code = codeAt === undefined ? 0 : reader.view.getUint8(codeAt);
  if ((code === 0) !== (valueAt === undefined)) {
    const what = code === 0 ? 'has a value but no type' : `has type ${code} but no value`;
    reader.refuseStructure(`the union ${union.name} ${what}`, codeAt ?? valueAt ?? table.at);
  }
  if (valueAt === undefined) return undefined;
  const member = union.members[code - 1];
  if (member === undefined)
    return reader.refuseNewer(`the union ${union.name} has no type ${code}`, codeAt ?? table.at);
  return { type: member, value: decodeTable(reader, member, reader.follow(valueAt, 'a table')) };
}

function decodeVector(reader: FlatbufferReader, at: number, type: Extract<FieldType, { is: 'vector' }>): unknown {
  const { element } = type;
  const size = inlineSize(element);
  const vector = reader.vector(at, size, type.align);
  if (vector.length === 0 && type.emptyIsAbsent) return undefined;
  if (element.is === 'scalar' && element.scalar === 'ubyte') {
    return reader.bytes.subarray(vector.at, vector.at + vector.length);
  }
  let index = 0;
  return reader.elements(vector, size, (elementAt) =>
    reader.within(index++, () => decodeElement(reader, elementAt, element)),
  );
}

function decodeElement(reader: FlatbufferReader, at: number, type: ElementType): unknown {
  switch (type.is) {
    case 'scalar':
      return readScalar(reader.view, at, type.scalar);
    case 'enum': {
      const code = Number(readScalar(reader.view, at, type.scalar));
      return type.names[code] ?? reader.refuseNewer(`${code} is not a value of ${type.name}`, at);
    }
    case 'string':
      return reader.string(reader.follow(at, 'a string'));
    case 'table':
      return decodeTable(reader, type.table, reader.follow(at, 'a table'));
  }
}

function readScalar(view: DataView, at: number, scalar: ScalarName): number | bigint | boolean {
  switch (scalar) {
    case 'bool':
      return view.getUint8(at) !== 0;
    case 'byte':
      return view.getInt8(at);
    case 'ubyte':
      return view.getUint8(at);
    case 'ushort':
      return view.getUint16(at, true);
    case 'int':
      return view.getInt32(at, true);
    case 'uint':
      return view.getUint32(at, true);
    case 'float':
      return view.getFloat32(at, true);
    case 'long':
      return view.getBigInt64(at, true);
    case 'ulong':
      return view.getBigUint64(at, true);
  }
}
