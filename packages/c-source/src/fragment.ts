// Pieces of source text that only checking functions can make: a plain string cannot become code. C and C++, and what the
// examples for applications (`examples/`) share with them.
import { reservedWords } from './reserved-words.js';

/** Text, what it is joined from, or how to make it anew whenever it is read. */
type Pieces = string | readonly (string | CFragment)[] | (() => Iterable<string>);

/** The one way from text to a fragment. It stays in this file, so only the checking makers below reach it. */
let unchecked: (pieces: Pieces) => CFragment;

/** Text that is valid C and C++ where it stands. The bytes of a model are several times as long in C: they are made piece by piece. */
export class CFragment implements Iterable<string> {
  readonly #pieces: Pieces;

  private constructor(pieces: Pieces) {
    this.#pieces = pieces;
  }

  /** The source text in pieces; from here on it is output, not something to build on. */
  *[Symbol.iterator](): Generator<string, void> {
    if (typeof this.#pieces === 'string') yield this.#pieces;
    else if (typeof this.#pieces === 'function') yield* this.#pieces();
    else for (const piece of this.#pieces) yield* typeof piece === 'string' ? [piece] : piece;
  }

  /** The whole of it. */
  get text(): string {
    return [...this].join('');
  }

  toString(): string {
    return this.text;
  }

  static {
    unchecked = (pieces) => new CFragment(pieces);
  }
}

const identifierPattern = /^[A-Za-z_][A-Za-z0-9_]{0,62}$/;

/** Null where the name is acceptable, otherwise what is wrong with it. */
export function identifierFault(name: string): string | null {
  if (!identifierPattern.test(name)) {
    return 'a name is 1 to 63 letters, digits and underscores and does not start with a digit';
  }
  if (name.includes('__')) return 'two underscores in a row are reserved in C++';
  if (/^_/.test(name)) return 'names with a leading underscore are reserved at file scope';
  if (reservedWords.has(name)) return 'it is a keyword of C or C++, or a name that compilers define';
  return null;
}

/** A name. Throws RangeError for one that is none: names from outside are checked with `identifierFault` before. */
export function identifier(name: string): CFragment {
  const fault = identifierFault(name);
  if (fault !== null) throw new RangeError(`"${name}" is no C identifier: ${fault}`);
  return unchecked(name);
}

/** A decimal integer of at most 32 bits, in parentheses when negative. Throws RangeError for others. */
export function integer(value: number): CFragment {
  if (!Number.isInteger(value) || value < -2147483647 || value > 4294967295)
    throw new RangeError(`no C integer: ${value}`);
  return unchecked(value < 0 ? `(${value})` : `${value}${value > 2147483647 ? 'u' : ''}`);
}

/** An unsigned decimal integer of at most 32 bits. */
export function unsigned(value: number): CFragment {
  if (!Number.isInteger(value) || value < 0 || value > 4294967295)
    throw new RangeError(`no unsigned C integer: ${value}`);
  return unchecked(`${value}u`);
}

/** A finite float32 with the nine digits that give exactly its value back. Throws RangeError for others. */
export function float(value: number): CFragment {
  if (!Number.isFinite(value) || Math.fround(value) !== value) throw new RangeError(`no float32: ${value}`);
  const [mantissa = '', exponent] = value.toPrecision(9).split('e');
  const short = mantissa.includes('.') ? mantissa.replace(/\.?0+$/, '') : mantissa;
  const literal = exponent !== undefined ? `${short}e${exponent}f` : `${short}${short.includes('.') ? '' : '.0'}f`;
  return unchecked(value < 0 ? `(${literal})` : literal);
}

/** A string literal of ASCII only: other bytes of the UTF-8 text as octal escapes, question marks too (trigraphs). */
export function stringLiteral(text: string): CFragment {
  return byteString(new TextEncoder().encode(text));
}

/** A string literal holding these bytes (and the terminating zero that C adds). */
export function byteString(bytes: Uint8Array): CFragment {
  return unchecked(quoted(bytes));
}

function quoted(bytes: Uint8Array): string {
  let escaped = '';
  for (const byte of bytes) escaped += escapes[byte]!;
  return `"${escaped}"`;
}

const escapes: readonly string[] = Array.from({ length: 256 }, (_, byte) => {
  const plain = byte >= 0x20 && byte < 0x7f && !'"\\?'.includes(String.fromCharCode(byte));
  return plain ? String.fromCharCode(byte) : `\\${byte.toString(8).padStart(3, '0')}`;
});

/** How languages with strings of Unicode spell one UTF-16 unit, and what else than quote and backslash means something there. */
const spellings = {
  javascript: { unit: (hex: string) => `\\u${hex}`, special: '' },
  kotlin: { unit: (hex: string) => `\\u${hex}`, special: '$' },
  swift: { unit: (hex: string) => `\\u{${hex}}`, special: '' },
} as const;

/** A string literal of ASCII only, for languages other than C and C++. What is no character of Unicode becomes U+FFFD. */
export function unicodeString(text: string, language: keyof typeof spellings): CFragment {
  const { unit, special } = spellings[language];
  const wellFormed = new TextDecoder().decode(new TextEncoder().encode(text));
  // Swift names code points, the others units of UTF-16.
  const pieces = language === 'swift' ? [...wellFormed] : wellFormed.split('');
  const spelledOut = pieces.map((piece) =>
    /^[ -~]$/.test(piece) && !`"\\${special}`.includes(piece)
      ? piece
      : unit(piece.codePointAt(0)!.toString(16).padStart(4, '0')),
  );
  return unchecked(`"${spelledOut.join('')}"`);
}

/** A finite float32 in decimals, for languages other than C and C++. */
export function decimal(value: number): CFragment {
  return unchecked(float(value).text.replace('f', ''));
}

/** A block comment with any text, for C, C++, JavaScript, Kotlin and Swift: what could end it, nest, join lines or reorder them is spelled as <U+XXXX>. */
export function comment(text: string): CFragment {
  const shown = [...text].map((character) =>
    /^[ -~]$/.test(character) && character !== '\\' ? character : spelled(character),
  );
  const safe = shown.join('').replace(/\*(?=\/)|\/(?=\*)|\?(?=\?)/g, spelled);
  // A star or slash at either end would meet the comment's own.
  return unchecked(`/* ${safe} */`);
}

function spelled(character: string): string {
  return `<U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}>`;
}

/** The two digits of every byte, as ASCII. */
const hexadecimal = new TextEncoder().encode(
  Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0')).join(''),
);
const ascii = new TextDecoder();
const numbersInLine = 12;

/** Bytes in one piece of text. A multiple of what stands in a line. */
const pieceBytes = 24 * 512;

/** Bytes as a list of hexadecimal numbers, 12 to a line. */
export function byteList(bytes: Uint8Array): CFragment {
  return unchecked(function* () {
    for (let at = 0; at < bytes.length; at += pieceBytes)
      yield `${at === 0 ? '' : ',\n'}${numberLines(bytes.subarray(at, at + pieceBytes))}`;
  });
}

function numberLines(bytes: Uint8Array): string {
  // ` 0x00,` for each, and a line's end and a blank more for each line: as bytes, as there are millions of them.
  const text = new Uint8Array(6 * bytes.length + 2 * Math.ceil(bytes.length / numbersInLine));
  let end = 0;
  const put = (character: number): void => {
    text[end++] = character;
  };
  for (let i = 0; i < bytes.length; i++) {
    if (i % numbersInLine === 0) {
      if (i > 0) put(0x0a);
      put(0x20);
    }
    put(0x20);
    put(0x30);
    put(0x78);
    put(hexadecimal[2 * bytes[i]!]!);
    put(hexadecimal[2 * bytes[i]! + 1]!);
    put(0x2c);
  }
  return ascii.decode(text.subarray(0, end - 1));
}

/** Integers of at most 32 bits as a list, 20 to a line. Throws RangeError for others. */
export function integerList(values: ArrayLike<number>): CFragment {
  return unchecked(function* () {
    for (let at = 0; at < values.length; at += 20) {
      const line = Array.from({ length: Math.min(20, values.length - at) }, (_, i) => listed(values[at + i]!));
      yield `${at === 0 ? '' : ',\n'}  ${line.join(', ')}`;
    }
  });
}

function listed(value: number): string {
  if (!Number.isInteger(value) || value < -2147483648 || value > 2147483647)
    throw new RangeError(`no C integer: ${value}`);
  // The least one is no literal of C: 2147483648 is none of 32 bits.
  return value === -2147483648 ? '-2147483647 - 1' : `${value}`;
}

/** Float32 values, eight to a line; what is not finite by the names of math.h. */
export function floatList(values: ArrayLike<number>): CFragment {
  return unchecked(function* () {
    for (let at = 0; at < values.length; at += 8) {
      const line = Array.from({ length: Math.min(8, values.length - at) }, (_, i) => listedFloat(values[at + i]!));
      yield `${at === 0 ? '' : ',\n'}  ${line.join(', ')}`;
    }
  });
}

/** A float32, or the name that math.h has for what is not finite. */
export function anyFloat(value: number): CFragment {
  return unchecked(listedFloat(value));
}

function listedFloat(value: number): string {
  if (Number.isNaN(value)) return 'NAN';
  if (Number.isFinite(value)) return float(value).text;
  return value > 0 ? 'INFINITY' : '(-INFINITY)';
}

/** Decimal integers of 64 bits, four to a line. */
export function longList(values: BigInt64Array): CFragment {
  return unchecked(function* () {
    for (let at = 0; at < values.length; at += 4)
      yield `${at === 0 ? '' : ',\n'}  ${Array.from(values.subarray(at, at + 4), listedLong).join(', ')}`;
  });
}

function listedLong(value: bigint): string {
  // The least one is no literal of C: 9223372036854775808 is none of 64 bits.
  return value === -(1n << 63n) ? '-9223372036854775807LL - 1' : `${value}LL`;
}

/** Bytes as string literals of 24, one to a line, that the compiler joins. */
export function byteStrings(bytes: Uint8Array): CFragment {
  return unchecked(function* () {
    for (let at = 0; at < bytes.length; at += pieceBytes)
      yield `${at === 0 ? '' : '\n'}${stringLines(bytes.subarray(at, at + pieceBytes))}`;
  });
}

function stringLines(bytes: Uint8Array): string {
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += 24) lines.push(`  ${quoted(bytes.subarray(at, at + 24))}`);
  return lines.join('\n');
}

/** The same source with other names: `nameOf` is asked for each, and gives nothing where it stays. Comments are source too. */
export function renamed(source: CFragment, nameOf: (name: string) => CFragment | undefined): CFragment {
  return unchecked(source.text.replace(/\b[A-Za-z_]\w*/g, (name) => nameOf(name)?.text ?? name));
}

/** Fragments with a separator between them. */
export function join(parts: readonly CFragment[], separator: ', ' | '\n' | '\n\n'): CFragment {
  return unchecked(parts.map((part) => part.text).join(separator));
}

/** C source written out in this package, with fragments in the gaps: the only way to combine them. */
export function c(source: TemplateStringsArray, ...parts: readonly CFragment[]): CFragment {
  if (!parts.every((part) => part instanceof CFragment)) throw new TypeError('only fragments can be put into C source');
  return unchecked(source.flatMap((piece, at) => (at === 0 ? [piece] : [parts[at - 1]!, piece])));
}
