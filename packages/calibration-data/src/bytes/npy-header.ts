// Reads the header of NumPy's .npy format (versions 1 to 3). The header is parsed as data, never evaluated.
import type { Shape } from '@wherry/graph';
import { limits } from '../limits.js';
import { refuse } from '../refuse.js';
import type { ByteReader } from './byte-reader.js';
import { numericTypes, type NumericType, type NumericTypeName } from './numeric-type.js';

export interface NpyHeader {
  readonly type: NumericType;
  readonly littleEndian: boolean;
  readonly shape: Shape;
  /** The first axis is the one that changes fastest. */
  readonly fortranOrder: boolean;
  /** Bytes of all elements. */
  readonly bytes: number;
}

export const npyMagic = Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59);

const kinds: Readonly<Record<string, NumericTypeName>> = {
  f2: 'float16',
  f4: 'float32',
  f8: 'float64',
  b1: 'bool',
  i1: 'int8',
  i2: 'int16',
  i4: 'int32',
  i8: 'int64',
  u1: 'uint8',
  u2: 'uint16',
  u4: 'uint32',
  u8: 'uint64',
};

/** What elements are that are no plain numbers, by NumPy's letter. */
const words: Readonly<Record<string, string>> = {
  O: 'Python objects',
  U: 'text',
  S: 'text',
  a: 'text',
  c: 'complex numbers',
  M: 'dates',
  m: 'spans of time',
  V: 'bytes without a type',
};

/** Consumes the header; the reader then stands on the first element. */
export async function readNpyHeader(reader: ByteReader, where: string): Promise<NpyHeader> {
  const start = Uint8Array.from(await reader.need(8));
  if (!npyMagic.every((byte, i) => start[i] === byte)) malformed(where, 'the file does not begin as .npy files do');
  const major = start[6]!;
  if (major < 1 || major > 3) malformed(where, `.npy version ${major} is not known`);
  const lengthBytes = await reader.need(major === 1 ? 2 : 4);
  const length =
    lengthBytes[0]! + lengthBytes[1]! * 256 + (lengthBytes[2] ?? 0) * 65536 + (lengthBytes[3] ?? 0) * 16777216;
  if (length > limits.npyHeaderBytes) {
    refuse('DATA_TOO_LARGE', { what: `the header claims ${length} bytes`, where, next: 'save a plain numeric array' });
  }
  return parseNpyHeader(new TextDecoder('latin1').decode(await reader.need(length)), where);
}

/** The dictionary's three keys, each by its own pattern: `descr`, `fortran_order`, `shape`. */
export function parseNpyHeader(text: string, where: string): NpyHeader {
  const body = /^\{(.*)\}\s*$/s.exec(text.trimEnd())?.[1] ?? malformed(where, 'the header is not a dictionary');
  const descr = /'descr'\s{0,4}:\s{0,4}'([<>|=]?)([A-Za-z])([^']{0,40})'/.exec(body);
  const fortran = /'fortran_order'\s{0,4}:\s{0,4}(True|False)\b/.exec(body)?.[1];
  const dimensions = /'shape'\s{0,4}:\s{0,4}\(([\d\s,]{0,200})\)/.exec(body)?.[1];
  if (descr === null) unsupported(where, 'the elements are structures');
  if (fortran === undefined || dimensions === undefined) malformed(where, 'the header lacks fortran_order or shape');
  const name = kinds[`${descr[2]}${descr[3]}`];
  if (name === undefined)
    unsupported(
      where,
      `the elements are ${words[descr[2]!] ?? `of type '${descr[1]}${descr[2]}${descr[3]}'`}, not plain numbers`,
    );
  const shape = dimensions
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map(Number);
  if (shape.length > limits.rank)
    malformed(where, `the array has ${shape.length} dimensions, the limit is ${limits.rank}`);
  const type = numericTypes[name];
  const bytes = shape.reduce((product, dimension) => product * dimension, type.bytes);
  if (!Number.isSafeInteger(bytes) || !shape.every(Number.isSafeInteger))
    malformed(where, `the shape (${shape.join(', ')}) is impossible`);
  return { type, littleEndian: descr[1] !== '>', shape, fortranOrder: fortran === 'True' && shape.length > 1, bytes };
}

function malformed(where: string, what: string): never {
  return refuse('DATA_MALFORMED', { what, where, next: 'save the array again with numpy.save' });
}

function unsupported(where: string, what: string): never {
  return refuse('DATA_TYPE_UNSUPPORTED', {
    what,
    where,
    next: 'save array.astype(numpy.float32), an array of plain numbers',
  });
}
