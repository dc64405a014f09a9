// Reads the datatype message: numbers, strings and booleans; everything else is refused by name.
import type { Cursor } from './cursor.js';
import { invalid, unsupported } from './refuse.js';

export type NumberFormat =
  | 'float16'
  | 'bfloat16'
  | 'float32'
  | 'float64'
  | 'int8'
  | 'int16'
  | 'int32'
  | 'int64'
  | 'uint8'
  | 'uint16'
  | 'uint32'
  | 'uint64';

export type Datatype =
  | { readonly kind: 'number'; readonly format: NumberFormat; readonly bigEndian: boolean; readonly size: number }
  | { readonly kind: 'string'; readonly padding: StringPadding; readonly size: number }
  | { readonly kind: 'variable-string'; readonly size: number };

export type StringPadding = 'null-terminated' | 'null-padded' | 'space-padded';

const REFUSED_CLASSES: Readonly<Record<number, string>> = {
  2: 'a time type',
  4: 'a bit field type',
  5: 'an opaque type',
  6: 'a compound type',
  7: 'a reference type',
  10: 'an array type',
  11: 'a complex number type',
};

export function readDatatype(cursor: Cursor): Datatype {
  const at = cursor.position;
  const head = cursor.u8();
  const version = head >> 4;
  const classNumber = head & 15;
  if (version < 1 || version > 5) invalid(`a datatype has the unknown version ${version}`, at);
  const flags = cursor.uint(3);
  const size = cursor.u32();
  if (size === 0) invalid('a datatype has no size', at);
  if (classNumber === 0) return readInteger(cursor, flags, size);
  if (classNumber === 1) return readFloat(cursor, flags, size);
  if (classNumber === 3) return { kind: 'string', padding: paddingOf(flags & 15, at), size };
  if (classNumber === 8) return readEnumeration(cursor, size, at);
  if (classNumber === 9) return readVariableLength(cursor, flags, size, at);
  return unsupported(
    `an element has ${REFUSED_CLASSES[classNumber] ?? `a type of the unknown class ${classNumber}`}`,
    at,
  );
}

function paddingOf(code: number, at: number): StringPadding {
  const padding = (['null-terminated', 'null-padded', 'space-padded'] as const)[code];
  return padding ?? invalid(`a string has the unknown padding ${code}`, at);
}

function readInteger(cursor: Cursor, flags: number, size: number): Datatype {
  const at = cursor.position;
  const bitOffset = cursor.u16();
  const precision = cursor.u16();
  if (![1, 2, 4, 8].includes(size) || bitOffset !== 0 || precision !== 8 * size) {
    unsupported(`an integer type has ${precision} bits in ${size} bytes`, at);
  }
  const signed = (flags & 8) !== 0;
  const format = `${signed ? 'int' : 'uint'}${8 * size}` as NumberFormat;
  return { kind: 'number', format, bigEndian: (flags & 1) !== 0, size };
}

/** Layout of an IEEE number: size, exponent place and bits, mantissa bits, exponent bias. */
const FLOAT_LAYOUTS: readonly { readonly format: NumberFormat; readonly fields: readonly number[] }[] = [
  { format: 'float16', fields: [2, 10, 5, 0, 10, 15] },
  { format: 'bfloat16', fields: [2, 7, 8, 0, 7, 127] },
  { format: 'float32', fields: [4, 23, 8, 0, 23, 127] },
  { format: 'float64', fields: [8, 52, 11, 0, 52, 1023] },
];

function readFloat(cursor: Cursor, flags: number, size: number): Datatype {
  const at = cursor.position;
  const bitOffset = cursor.u16();
  const precision = cursor.u16();
  const fields = [size, cursor.u8(), cursor.u8(), cursor.u8(), cursor.u8(), cursor.u32()];
  const signBit = (flags >> 8) & 0xff;
  const layout = FLOAT_LAYOUTS.find((candidate) => candidate.fields.every((field, i) => field === fields[i]));
  const standard = bitOffset === 0 && precision === 8 * size && signBit === 8 * size - 1 && (flags & 0x40) === 0;
  // Bits 4-5: 2 means that the mantissa's leading one is implied, as in IEEE 754.
  if (layout === undefined || !standard || ((flags >> 4) & 3) !== 2) {
    return unsupported(`a floating-point type of ${size} bytes is none of the IEEE 754 formats`, at);
  }
  return { kind: 'number', format: layout.format, bigEndian: (flags & 1) !== 0, size };
}

/** h5py writes bool as an enumeration over int8; any enumeration reads as its base integers. */
function readEnumeration(cursor: Cursor, size: number, at: number): Datatype {
  const base = readDatatype(cursor);
  if (base.kind !== 'number' || base.size !== size) invalid('an enumeration does not fit its base type', at);
  return base;
}

function readVariableLength(cursor: Cursor, flags: number, size: number, at: number): Datatype {
  if ((flags & 15) !== 1) unsupported('an element is a sequence of variable length', at);
  const expected = 4 + cursor.file.offsetSize + 4;
  if (size !== expected) invalid(`a string of variable length takes ${size} bytes instead of ${expected}`, at);
  return { kind: 'variable-string', size };
}
