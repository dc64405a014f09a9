// The makers of C fragments refuse what is no such fragment and escape what could end one.
import {
  byteList,
  byteString,
  byteStrings,
  c,
  comment,
  float,
  floatList,
  identifier,
  identifierFault,
  integer,
  longList,
  stringLiteral,
  unsigned,
} from './fragment.js';
import { sanitizedName } from './sanitize.js';

describe('identifier', () => {
  it.each(['g_model', 'a', 'x'.repeat(63), 'A1'])('takes %s', (name) => {
    expect(identifier(name).text).toBe(name);
  });

  it.each([
    '',
    '1a',
    'my-model',
    'a b',
    'x=1; int evil=2; unsigned char y',
    'a\nb',
    'é',
    'x'.repeat(64),
    'a__b',
    '_A',
    '_a',
    'class',
    'int',
    'co_await',
    'restrict',
    'and',
    'size_t',
    'a\u0000',
    'a\u202e',
  ])('refuses %j', (name) => {
    expect(() => identifier(name)).toThrow(RangeError);
  });
});

describe('comment', () => {
  it.each([
    ['*/ evil();', '/* <U+002A>/ evil(); */'],
    ['/* nested', '/* <U+002F>* nested */'],
    ['a ??/\n b', '/* a <U+003F>?/<U+000A> b */'],
    ['end\\', '/* end<U+005C> */'],
    ['\u202etxet', '/* <U+202E>txet */'],
    ['tail *', '/* tail * */'],
    ['/ head', '/* / head */'],
    ['\ud800', '/* <U+D800> */'],
  ])('defuses %j', (text, expected) => {
    const { text: written } = comment(text);
    expect(written).toBe(expected);
    expect(written.indexOf('*/')).toBe(written.length - 2);
  });
});

describe('literals', () => {
  it('escape quotes, backslashes, trigraphs, controls and other alphabets', () => {
    expect(stringLiteral('a"b\\c??/\né1').text).toBe('"a\\042b\\134c\\077\\077/\\012\\303\\2511"');
    expect(byteString(Uint8Array.of(0, 0x31, 255)).text).toBe('"\\0001\\377"');
  });

  it('give a float32 exactly back', () => {
    let bits = 1;
    for (let round = 0; round < 20000; round++) {
      bits = (Math.imul(bits, 1664525) + 1013904223) >>> 0;
      const [value] = new Float32Array(Uint32Array.of(bits & 0x7fffffff).buffer) as unknown as [number];
      if (Number.isFinite(value)) expect(Math.fround(Number(float(value).text.slice(0, -1)))).toBe(value);
    }
  });

  it('are written as C reads them', () => {
    expect([1, 10, 0.5, 1e10, -2, 100000000, 0].map((value) => float(value).text)).toEqual([
      '1.0f',
      '10.0f',
      '0.5f',
      '1e+10f',
      '(-2.0f)',
      '100000000.0f',
      '0.0f',
    ]);
    expect([integer(-128).text, integer(7).text, unsigned(7).text]).toEqual(['(-128)', '7', '7u']);
  });

  it.each([NaN, Infinity, 0.1])('refuse %d as float32', (value) => {
    expect(() => float(value)).toThrow(RangeError);
  });

  it.each([0.5, NaN, 2 ** 32, -(2 ** 31)])('refuse %d as integer', (value) => {
    expect(() => integer(value)).toThrow(RangeError);
  });
});

describe('c', () => {
  it('puts fragments into the gaps and nothing else', () => {
    expect(c`int ${identifier('a')} = ${integer(1)};`.text).toBe('int a = 1;');
    // @ts-expect-error a string is no fragment
    expect(() => c`int ${'a; evil()'};`).toThrow(TypeError);
    // @ts-expect-error neither is an object that looks like one
    expect(() => c`int ${{ text: 'evil' }};`).toThrow(TypeError);
  });
});

describe('sanitizedName', () => {
  it.each([
    ['my-model', 'my_model'],
    ['1abc', 'model_1abc'],
    ['class', 'model_class'],
    ['', 'model'],
    ['日本', 'model'],
    ['a__b', 'a_b'],
    ['_x_', 'x'],
    ['x=1; int evil=2; unsigned char y', 'x_1_int_evil_2_unsigned_char_y'],
  ])('makes %j into %s', (text, expected) => {
    expect(sanitizedName(text)).toBe(expected);
  });

  it('makes something acceptable of anything', () => {
    for (const text of ['*/ evil', '??/', 'a\\', 'x'.repeat(300), '\u202e', 'int_', '__', '9'.repeat(80)]) {
      expect([text, identifierFault(sanitizedName(text))]).toEqual([text, null]);
      expect(sanitizedName(text).length).toBeLessThanOrEqual(40);
    }
  });
});

describe('bytes in several pieces', () => {
  const bytes = Uint8Array.from({ length: 2 * 24 * 512 + 29 }, (_, i) => (i * 7919) >> 3);

  it.each([1, 24, 24 * 512, 24 * 512 + 1, bytes.length])('are a list of all %i, as one text', (length) => {
    const { text } = byteList(bytes.subarray(0, length));
    expect(text.split(',').map((number) => Number(number.trim()))).toEqual([...bytes.subarray(0, length)]);
    expect(text.split('\n').every((line) => /^( {2}|, )0x/.test(line) && line.split('0x').length <= 13)).toBe(true);
    expect(text.split('\n')).toHaveLength(Math.ceil(length / 12));
  });

  it.each([1, 24, 24 * 512, 24 * 512 + 1, bytes.length])('are strings of all %i, as one text', (length) => {
    const { text } = byteStrings(bytes.subarray(0, length));
    const lines = text.split('\n');
    expect(lines.every((line) => /^ {2}".*"$/.test(line))).toBe(true);
    expect(lines).toHaveLength(Math.ceil(length / 24));
    const read = [
      ...lines
        .map((line) => line.slice(3, -1))
        .join('')
        .matchAll(/\\(\d{3})|(.)/gs),
    ];
    expect(read.map(([, octal, plain]) => (octal === undefined ? plain!.charCodeAt(0) : parseInt(octal, 8)))).toEqual([
      ...bytes.subarray(0, length),
    ]);
  });

  it('are read again and again, and are more than one piece where they are many', () => {
    const list = byteList(bytes);
    expect([...list].length).toBe(3);
    expect([...c`{${list}}`].join('')).toBe(`{${list.text}}`);
  });
});

describe('lists', () => {
  it('hold as many real numbers as a network has weights', () => {
    const values = new Float32Array(100_000).fill(0.5);
    expect(floatList(values).text.split(',')).toHaveLength(100_000);
    expect(floatList(values.subarray(0, 2)).text).toBe('  0.5f, 0.5f');
    expect(floatList([-Infinity, Infinity, NaN]).text).toBe('  (-INFINITY), INFINITY, NAN');
  });

  it('hold every integer of 64 bits', () => {
    expect(longList(BigInt64Array.of(-(1n << 63n), (1n << 63n) - 1n, 0n)).text).toBe(
      '  -9223372036854775807LL - 1, 9223372036854775807LL, 0LL',
    );
  });
});
