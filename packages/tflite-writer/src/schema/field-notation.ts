// The notation that the tables are described in, and what it means at run time.
//
//   TYPE               a scalar, an enum, a string, a table or a union (which takes two field numbers)
//   [TYPE]             a vector
//   TYPE = VALUE       a scalar whose default is not zero; enums by name
//   ... align N        the vector's elements start at a multiple of N bytes
//   ... empty-is-absent  an empty vector is never written: TensorFlow Lite Micro refuses or misreads it
//   deprecated TYPE    the number is taken, nothing is read or written
import { enums } from './enums.js';
import { tables, type TableName } from './tables.js';
import { unions } from './unions.js';

/** Bytes of one scalar. */
export const scalarSizes = {
  bool: 1, byte: 1, ubyte: 1, ushort: 2, int: 4, uint: 4, float: 4, long: 8, ulong: 8,
} as const; // prettier-ignore

export type ScalarName = keyof typeof scalarSizes;

export type ElementType =
  | { readonly is: 'scalar'; readonly scalar: ScalarName }
  | { readonly is: 'enum'; readonly name: string; readonly scalar: ScalarName; readonly names: readonly string[] }
  | { readonly is: 'string' }
  | { readonly is: 'table'; readonly table: TableName };

export type FieldType =
  | ElementType
  | { readonly is: 'union'; readonly name: string; readonly members: readonly TableName[] }
  | { readonly is: 'vector'; readonly element: ElementType; readonly align: number; readonly emptyIsAbsent: boolean };

export interface Field {
  readonly name: string;
  /** The field number. A union's type code has this number, its value the next one. */
  readonly id: number;
  readonly type: FieldType;
  /** What a scalar or enum is when it is not in the file, as the plain value that decoding gives. */
  readonly absent: number | bigint | boolean | string | undefined;
}

export interface TableLayout {
  readonly name: TableName;
  readonly fields: readonly Field[];
  /** Field numbers in use, deprecated ones included. */
  readonly fieldCount: number;
}

const layouts = new Map<TableName, TableLayout>();

/** The parsed description of a table. */
export function layoutOf(name: TableName): TableLayout {
  const known = layouts.get(name);
  if (known !== undefined) return known;
  const fields: Field[] = [];
  let id = 0;
  for (const [fieldName, notation] of Object.entries<string>(tables[name])) {
    if (notation.startsWith('deprecated ')) {
      id += 1;
      continue;
    }
    const field = parseField(fieldName, notation, id);
    fields.push(field);
    id += field.type.is === 'union' ? 2 : 1;
  }
  const layout = { name, fields, fieldCount: id };
  layouts.set(name, layout);
  return layout;
}

function parseField(name: string, notation: string, id: number): Field {
  const [base = '', ...words] = notation.split(' ');
  const after = (word: string): string | undefined =>
    words.includes(word) ? words[words.indexOf(word) + 1] : undefined;
  const type = base.startsWith('[')
    ? {
        is: 'vector' as const,
        element: parseElement(base.slice(1, -1)),
        align: Number(after('align') ?? 1),
        emptyIsAbsent: words.includes('empty-is-absent'),
      }
    : base in unions
      ? { is: 'union' as const, name: base, members: unions[base as keyof typeof unions] as readonly TableName[] }
      : parseElement(base);
  return { name, id, type, absent: absentValue(type, after('=')) };
}

function parseElement(name: string): ElementType {
  if (name in scalarSizes) return { is: 'scalar', scalar: name as ScalarName };
  if (name in enums) {
    const { base, names } = enums[name as keyof typeof enums];
    return { is: 'enum', name, scalar: base, names };
  }
  if (name === 'string') return { is: 'string' };
  if (name in tables) return { is: 'table', table: name as TableName };
  throw new TypeError(`the schema description names an unknown type ${name}`);
}

function absentValue(type: FieldType, written: string | undefined): Field['absent'] {
  if (type.is === 'enum') return written ?? type.names[0];
  if (type.is !== 'scalar') return undefined;
  if (type.scalar === 'bool') return written === 'true';
  if (type.scalar === 'long' || type.scalar === 'ulong') return BigInt(written ?? 0);
  return Number(written ?? 0);
}
