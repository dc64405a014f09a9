// Writes any table of the schema from a plain object, by its description.
import type { Builder } from 'flatbuffers';
import { tfliteDiagnostics } from '../diagnostics.js';
import { refuse } from '../refuse.js';
import {
  layoutOf,
  scalarSizes,
  type ElementType,
  type Field,
  type FieldType,
  type ScalarName,
} from '../schema/field-notation.js';
import type { TableInit } from '../schema/table-types.js';
import type { TableName } from '../schema/tables.js';

/** Lives as long as one file is being written. */
export interface Writing {
  readonly builder: Builder;
  /** Strings, vectors and tables that are in the file already, by their content. */
  readonly written: Map<string, number>;
  /** Byte vectors that are in the file already, by the memory they are views of. */
  readonly views: Map<ArrayBufferLike, Map<string, number>>;
}

/** A field that is ready to be put into its table: a scalar, or the offset of what is written already. */
interface Slot {
  readonly id: number;
  readonly scalar: ScalarName | 'offset';
  readonly value: number | bigint;
}

const slotSize = ({ scalar }: Slot): number => (scalar === 'offset' ? 4 : scalarSizes[scalar]);

/**
 * Writes what the table refers to and then the table, unless an equal one is there. Returns its offset from the end of
 * the file.
 */
export function encodeTable<N extends TableName>(writing: Writing, name: N, value: TableInit<N>, path: string): number {
  const layout = layoutOf(name);
  for (const key of Object.keys(value)) {
    if (!layout.fields.some((field) => field.name === key)) {
      refuse(tfliteDiagnostics.TFLITE_ENCODE, `${name} has no field ${key}`, path);
    }
  }
  const slots: Slot[] = [];
  for (const field of layout.fields) {
    const given = (value as Record<string, unknown>)[field.name];
    if (given !== undefined && given !== field.absent)
      slots.push(...slotsOf(writing, field, given, `${path}.${field.name}`));
  }
  // Widest first: then no field needs padding before it, and tables with the same fields share a vtable.
  slots.sort((a, b) => slotSize(b) - slotSize(a) || a.id - b.id);
  const key = `{${slots.map(({ id, scalar, value: plain }) => `${id}${scalar}${String(plain)}`).join()}`;
  return once(writing, key, () => putTable(writing.builder, slots, layout.fieldCount));
}

function putTable(builder: Builder, slots: readonly Slot[], fieldCount: number): number {
  builder.startObject(fieldCount);
  for (const { id, scalar, value } of slots) {
    if (scalar === 'offset') builder.addOffset(Number(value));
    else addScalar(builder, scalar, value);
    builder.slot(id);
  }
  return builder.endObject();
}

function slotsOf(writing: Writing, field: Field, value: unknown, path: string): Slot[] {
  const { type, id } = field;
  if (type.is === 'scalar' || type.is === 'enum')
    return [{ id, scalar: type.scalar, value: plainScalar(type, value, path) }];
  if (type.is === 'union') return unionSlots(writing, field, value, path);
  if (type.is === 'vector' && type.emptyIsAbsent && (value as ArrayLike<unknown>).length === 0) return [];
  const offset =
    type.is === 'vector' ? encodeVector(writing, type, value, path) : encodeReferred(writing, type, value, path);
  return [{ id, scalar: 'offset', value: offset }];
}

function unionSlots(writing: Writing, field: Field, value: unknown, path: string): Slot[] {
  const union = field.type as Extract<FieldType, { is: 'union' }>;
  const { type, value: table } = value as { type: TableName; value: TableInit<TableName> };
  const code = union.members.indexOf(type) + 1;
  if (code === 0) refuse(tfliteDiagnostics.TFLITE_ENCODE, `${type} is not a table of the union ${union.name}`, path);
  return [
    { id: field.id, scalar: 'ubyte', value: code },
    { id: field.id + 1, scalar: 'offset', value: encodeTable(writing, type, table, path) },
  ];
}

function encodeReferred(writing: Writing, type: ElementType, value: unknown, path: string): number {
  if (type.is === 'table') return encodeTable(writing, type.table, value as TableInit<TableName>, path);
  return once(writing, `"${value as string}`, () => writing.builder.createString(value as string));
}

/** Equal strings, equal vectors of scalars and equal tables are written once; readers cannot tell. */
function once(writing: Writing, key: string, write: () => number): number {
  const known = writing.written.get(key);
  if (known !== undefined) return known;
  const offset = write();
  writing.written.set(key, offset);
  return offset;
}

function encodeVector(
  writing: Writing,
  type: Extract<FieldType, { is: 'vector' }>,
  value: unknown,
  path: string,
): number {
  const { element, align } = type;
  if (value instanceof Uint8Array) return encodeBytes(writing, value, align);
  const elements = value as readonly unknown[];
  if (element.is === 'scalar' || element.is === 'enum') {
    const plain = elements.map((each, i) => plainScalar(element, each, `${path}[${i}]`));
    const { scalar } = element;
    return once(writing, `${scalar}/${align}:${plain.map(exactly).join()}`, () => {
      writing.builder.startVector(scalarSizes[scalar], plain.length, Math.max(scalarSizes[scalar], align));
      for (let i = plain.length - 1; i >= 0; i--) addScalar(writing.builder, scalar, plain[i]!);
      return writing.builder.endVector();
    });
  }
  const offsets = elements.map((each, i) => encodeReferred(writing, element, each, `${path}[${i}]`));
  writing.builder.startVector(4, offsets.length, 4);
  for (let i = offsets.length - 1; i >= 0; i--) writing.builder.addOffset(offsets[i]!);
  return writing.builder.endVector();
}

/** Two views of the same memory become one vector: buffers that shared their data still do. */
function encodeBytes(writing: Writing, bytes: Uint8Array, align: number): number {
  const views = writing.views.get(bytes.buffer) ?? new Map<string, number>();
  writing.views.set(bytes.buffer, views);
  const key = `${align}:${bytes.byteOffset}+${bytes.byteLength}`;
  const known = views.get(key);
  if (known !== undefined) return known;
  // Pads so that the bytes will start aligned; createByteVector on its own knows alignment 1 only.
  writing.builder.startVector(1, bytes.byteLength, align);
  const offset = writing.builder.createByteVector(bytes);
  views.set(key, offset);
  return offset;
}

function plainScalar(type: ElementType, value: unknown, path: string): number | bigint {
  if (type.is === 'enum') {
    const code = type.names.indexOf(value as string);
    if (code < 0) refuse(tfliteDiagnostics.TFLITE_ENCODE, `${String(value)} is not a value of ${type.name}`, path);
    return code;
  }
  const { scalar } = type as Extract<ElementType, { is: 'scalar' }>;
  const plain = typeof value === 'boolean' ? Number(value) : (value as number | bigint);
  const range = scalarRanges[scalar];
  if (range !== undefined && !(Number.isInteger(Number(plain)) && plain >= range[0] && plain <= range[1])) {
    refuse(tfliteDiagnostics.TFLITE_ENCODE, `${String(value)} does not fit a field of type ${scalar}`, path);
  }
  return plain;
}

/** Minus zero is another number in the file. */
function exactly(value: number | bigint): string {
  return Object.is(value, -0) ? '-0' : String(value);
}

const scalarRanges: Readonly<Partial<Record<ScalarName, readonly [number | bigint, number | bigint]>>> = {
  bool: [0, 1],
  byte: [-128, 127],
  ubyte: [0, 255],
  ushort: [0, 65535],
  int: [-2147483648, 2147483647],
  uint: [0, 4294967295],
  long: [-(2n ** 63n), 2n ** 63n - 1n],
  ulong: [0n, 2n ** 64n - 1n],
};

function addScalar(builder: Builder, scalar: ScalarName, value: number | bigint): void {
  switch (scalarSizes[scalar]) {
    case 1:
      return builder.addInt8(Number(value));
    case 2:
      return builder.addInt16(Number(value));
    case 4:
      return scalar === 'float' ? builder.addFloat32(Number(value)) : builder.addInt32(Number(value));
    case 8:
      return builder.addInt64(BigInt.asIntN(64, BigInt(value)));
  }
}
