// What each instruction of Armv6-M does, as text of JavaScript (Armv6-M Architecture Reference Manual, A6.7).
import type { Operation } from './operation.js';
import { load, loadMany, pop, push, store, storeMany } from './thumb-memory.js';

/** Fields of an instruction by the letter that its pattern gives them. */
type Fields = Readonly<Record<string, number>>;
type Meaning = (fields: Fields, at: number) => Operation;

const register = (index: number, at: number): string => (index === 15 ? `${at + 4}` : `r${index}`);
const plus = { c: '(x >>> 0) < (a >>> 0) ? 1 : 0', v: '((a ^ x) & (b ^ x)) >>> 31' };
const minus = { c: '(a >>> 0) >= (b >>> 0) ? 1 : 0', v: '((a ^ b) & (a ^ x)) >>> 31' };

function arithmetic(a: string, b: string, sign: '+' | '-', into?: string): Operation {
  const flags = sign === '+' ? plus : minus;
  const target = into === undefined ? {} : { into };
  return { operands: `const a = ${a}, b = ${b};`, value: `(a ${sign} b) | 0`, setsNz: true, ...flags, ...target };
}

/** With the carry: of a difference, b is inverted. */
function withCarry(d: number, m: number, invert: '' | '~'): Operation {
  return {
    operands: `const a = r${d}, b = ${invert}r${m}, d = c;`,
    value: '(a + b + d) | 0',
    into: `r${d}`,
    setsNz: true,
    readsC: true,
    c: '(a >>> 0) + (b >>> 0) + d > 4294967295 ? 1 : 0',
    v: plus.v,
  };
}

const logic = (d: number, value: string): Operation => ({ value, into: `r${d}`, setsNz: true });

/** By a constant; none at all is a move, which leaves the carry. */
function shift(d: number, m: number, value: string, c?: string): Operation {
  const carry = c === undefined ? {} : { c };
  return { operands: `const a = r${m};`, value, into: `r${d}`, setsNz: true, ...carry };
}

/** By the lowest byte of a register. */
const shiftBy = (d: number, m: number, value: string, c: string): Operation => ({
  operands: `const a = r${d}, b = r${m} & 255, d = c;`,
  value,
  into: `r${d}`,
  setsNz: true,
  readsC: true,
  c: `b === 0 ? d : ${c}`,
});

/** Into any register: the program counter is a jump, the stack pointer is a multiple of 4. */
function move(d: number, value: string): Operation {
  if (d === 15) return { jump: { target: `(${value}) & -2` } };
  return { value: d === 13 ? `(${value}) & -4` : `(${value}) | 0`, into: `r${d}` };
}

const conditions = [
  'nz === 0',
  'nz !== 0',
  'c !== 0',
  'c === 0',
  'nz < 0',
  'nz >= 0',
  'v !== 0',
  'v === 0',
  'c !== 0 && nz !== 0',
  'c === 0 || nz === 0',
  'nz >>> 31 === v',
  'nz >>> 31 !== v',
  'nz !== 0 && nz >>> 31 === v',
  'nz === 0 || nz >>> 31 !== v',
];

const signed = (value: number, bits: number): number => (value << (32 - bits)) >> (32 - bits);

/** `n` and `m` are registers read, `d` the one written, `i` a constant, `l` a list of registers. */
const meanings: readonly [pattern: string, meaning: Meaning][] = [
  ['00000iiiiimmmddd', ({ i, m, d }) => shift(d!, m!, `a << ${i!}`, i === 0 ? undefined : `(a >>> ${32 - i!}) & 1`)],
  [
    '00001iiiiimmmddd',
    ({ i, m, d }) => shift(d!, m!, i === 0 ? '0' : `(a >>> ${i!}) | 0`, `(a >>> ${(i! + 31) & 31}) & 1`),
  ],
  ['00010iiiiimmmddd', ({ i, m, d }) => shift(d!, m!, `a >> ${i === 0 ? 31 : i!}`, `(a >>> ${(i! + 31) & 31}) & 1`)],
  ['0001100mmmnnnddd', ({ m, n, d }) => arithmetic(`r${n!}`, `r${m!}`, '+', `r${d!}`)],
  ['0001101mmmnnnddd', ({ m, n, d }) => arithmetic(`r${n!}`, `r${m!}`, '-', `r${d!}`)],
  ['0001110iiinnnddd', ({ i, n, d }) => arithmetic(`r${n!}`, `${i!}`, '+', `r${d!}`)],
  ['0001111iiinnnddd', ({ i, n, d }) => arithmetic(`r${n!}`, `${i!}`, '-', `r${d!}`)],
  ['00100dddiiiiiiii', ({ d, i }) => logic(d!, `${i!}`)],
  ['00101nnniiiiiiii', ({ n, i }) => arithmetic(`r${n!}`, `${i!}`, '-')],
  ['00110dddiiiiiiii', ({ d, i }) => arithmetic(`r${d!}`, `${i!}`, '+', `r${d!}`)],
  ['00111dddiiiiiiii', ({ d, i }) => arithmetic(`r${d!}`, `${i!}`, '-', `r${d!}`)],
  ['0100000000mmmddd', ({ m, d }) => logic(d!, `r${d!} & r${m!}`)],
  ['0100000001mmmddd', ({ m, d }) => logic(d!, `r${d!} ^ r${m!}`)],
  ['0100000010mmmddd', ({ m, d }) => shiftBy(d!, m!, 'b > 31 ? 0 : a << b', 'b > 32 ? 0 : (a >>> (32 - b)) & 1')],
  ['0100000011mmmddd', ({ m, d }) => shiftBy(d!, m!, 'b > 31 ? 0 : (a >>> b) | 0', 'b > 32 ? 0 : (a >>> (b - 1)) & 1')],
  ['0100000100mmmddd', ({ m, d }) => shiftBy(d!, m!, 'a >> (b > 31 ? 31 : b)', '(a >>> (b > 32 ? 31 : b - 1)) & 1')],
  ['0100000101mmmddd', ({ m, d }) => withCarry(d!, m!, '')],
  ['0100000110mmmddd', ({ m, d }) => withCarry(d!, m!, '~')],
  ['0100000111mmmddd', ({ m, d }) => shiftBy(d!, m!, '(a >>> (b & 31)) | (a << (-b & 31))', 'x >>> 31')],
  ['0100001000mmmnnn', ({ m, n }) => ({ value: `r${n!} & r${m!}`, setsNz: true })],
  ['0100001001nnnddd', ({ n, d }) => arithmetic('0', `r${n!}`, '-', `r${d!}`)],
  ['0100001010mmmnnn', ({ m, n }) => arithmetic(`r${n!}`, `r${m!}`, '-')],
  ['0100001011mmmnnn', ({ m, n }) => arithmetic(`r${n!}`, `r${m!}`, '+')],
  ['0100001100mmmddd', ({ m, d }) => logic(d!, `r${d!} | r${m!}`)],
  ['0100001101mmmddd', ({ m, d }) => logic(d!, `Math.imul(r${m!}, r${d!})`)],
  ['0100001110mmmddd', ({ m, d }) => logic(d!, `r${d!} & ~r${m!}`)],
  ['0100001111mmmddd', ({ m, d }) => logic(d!, `~r${m!}`)],
  ['01000100dmmmmddd', ({ m, d }, at) => move(d!, `${register(d!, at)} + ${register(m!, at)}`)],
  ['01000101nmmmmnnn', ({ m, n }, at) => arithmetic(register(n!, at), register(m!, at), '-')],
  ['01000110dmmmmddd', ({ m, d }, at) => move(d!, register(m!, at))],
  ['010001110mmmm000', ({ m }, at) => ({ jump: { target: register(m!, at) } })],
  [
    '010001111mmmm000',
    ({ m }, at) => ({
      operands: `const a = ${register(m!, at)};`,
      value: `${at + 3}`,
      into: 'r14',
      jump: { target: 'a' },
    }),
  ],
  ['01001dddiiiiiiii', ({ d, i }, at) => load(d!, `${((at + 4) & -4) + i! * 4}`, 32)],
  ['0101000mmmnnnddd', ({ m, n, d }) => store(d!, `r${n!} + r${m!}`, 32)],
  ['0101001mmmnnnddd', ({ m, n, d }) => store(d!, `r${n!} + r${m!}`, 16)],
  ['0101010mmmnnnddd', ({ m, n, d }) => store(d!, `r${n!} + r${m!}`, 8)],
  ['0101011mmmnnnddd', ({ m, n, d }) => load(d!, `r${n!} + r${m!}`, 8, 'signed')],
  ['0101100mmmnnnddd', ({ m, n, d }) => load(d!, `r${n!} + r${m!}`, 32)],
  ['0101101mmmnnnddd', ({ m, n, d }) => load(d!, `r${n!} + r${m!}`, 16)],
  ['0101110mmmnnnddd', ({ m, n, d }) => load(d!, `r${n!} + r${m!}`, 8)],
  ['0101111mmmnnnddd', ({ m, n, d }) => load(d!, `r${n!} + r${m!}`, 16, 'signed')],
  ['01100iiiiinnnddd', ({ i, n, d }) => store(d!, `r${n!} + ${i! * 4}`, 32)],
  ['01101iiiiinnnddd', ({ i, n, d }) => load(d!, `r${n!} + ${i! * 4}`, 32)],
  ['01110iiiiinnnddd', ({ i, n, d }) => store(d!, `r${n!} + ${i!}`, 8)],
  ['01111iiiiinnnddd', ({ i, n, d }) => load(d!, `r${n!} + ${i!}`, 8)],
  ['10000iiiiinnnddd', ({ i, n, d }) => store(d!, `r${n!} + ${i! * 2}`, 16)],
  ['10001iiiiinnnddd', ({ i, n, d }) => load(d!, `r${n!} + ${i! * 2}`, 16)],
  ['10010dddiiiiiiii', ({ d, i }) => store(d!, `r13 + ${i! * 4}`, 32)],
  ['10011dddiiiiiiii', ({ d, i }) => load(d!, `r13 + ${i! * 4}`, 32)],
  ['10100dddiiiiiiii', ({ d, i }, at) => move(d!, `${((at + 4) & -4) + i! * 4}`)],
  ['10101dddiiiiiiii', ({ d, i }) => move(d!, `r13 + ${i! * 4}`)],
  ['101100000iiiiiii', ({ i }) => move(13, `r13 + ${i! * 4}`)],
  ['101100001iiiiiii', ({ i }) => move(13, `r13 - ${i! * 4}`)],
  ['1011001000mmmddd', ({ m, d }) => move(d!, `(r${m!} << 16) >> 16`)],
  ['1011001001mmmddd', ({ m, d }) => move(d!, `(r${m!} << 24) >> 24`)],
  ['1011001010mmmddd', ({ m, d }) => move(d!, `r${m!} & 65535`)],
  ['1011001011mmmddd', ({ m, d }) => move(d!, `r${m!} & 255`)],
  ['1011010pllllllll', ({ p, l }) => push(l! | (p! << 14))],
  [
    '1011101000mmmddd',
    ({ m, d }) => ({
      operands: `const a = r${m!};`,
      ...move(d!, '(a >>> 24) | ((a >>> 8) & 65280) | ((a & 65280) << 8) | (a << 24)'),
    }),
  ],
  [
    '1011101001mmmddd',
    ({ m, d }) => ({ operands: `const a = r${m!};`, ...move(d!, '((a >>> 8) & 16711935) | ((a & 16711935) << 8)') }),
  ],
  [
    '1011101011mmmddd',
    ({ m, d }) => ({ operands: `const a = r${m!};`, ...move(d!, '((a << 24) >> 16) | ((a >>> 8) & 255)') }),
  ],
  ['1011110pllllllll', ({ p, l }) => pop(l!, p === 1)],
  ['1011111100000000', () => ({})],
  ['11000nnnllllllll', ({ n, l }) => storeMany(n!, l!)],
  ['11001nnnllllllll', ({ n, l }) => loadMany(n!, l!)],
  ['11100iiiiiiiiiii', ({ i }, at) => ({ jump: { target: at + 4 + signed(i!, 11) * 2 } })],
];

const decoded = meanings.map(([pattern, meaning]) => {
  const letters = [...pattern];
  const bits = (of: (letter: string) => boolean): number =>
    letters.reduce((value, letter) => value * 2 + (of(letter) ? 1 : 0), 0);
  return {
    mask: bits((letter) => letter === '0' || letter === '1'),
    value: bits((letter) => letter === '1'),
    fields: [...new Set(letters.filter((letter) => letter > '9'))],
    letters,
    meaning,
  };
});

/** Bits of an instruction that its pattern gives to one letter, the highest first. */
function field(letters: readonly string[], letter: string, code: number): number {
  return letters.reduce((value, each, at) => (each === letter ? value * 2 + ((code >> (15 - at)) & 1) : value), 0);
}

function branchWithLink(high: number, low: number, at: number): Operation {
  const [sign, j1, j2] = [(high >> 10) & 1, (low >> 13) & 1, (low >> 11) & 1];
  const [i1, i2] = [1 - (sign ^ j1), 1 - (sign ^ j2)];
  const offset = (i1 << 23) | (i2 << 22) | ((high & 1023) << 12) | ((low & 2047) << 1);
  const target = at + 4 + (sign === 1 ? offset - (1 << 24) : offset);
  return { value: `${at + 5}`, into: 'r14', jump: { target }, halves: 2 };
}

/** What the instruction at an address does; undefined of one that this core leaves to the whole emulator. */
export function operationOf(code: number, next: number, at: number): Operation | undefined {
  if (code >> 11 === 0b11110) return (next & 0xd000) === 0xd000 ? branchWithLink(code, next, at) : undefined;
  const condition = (code >> 8) & 15;
  if (code >> 12 === 0b1101 && condition < conditions.length)
    return { jump: { condition: conditions[condition]!, target: at + 4 + signed(code & 255, 8) * 2 } };
  const found = decoded.find(({ mask, value }) => (code & mask) === value);
  if (found === undefined) return undefined;
  const fields = Object.fromEntries(found.fields.map((letter) => [letter, field(found.letters, letter, code)]));
  return found.meaning(fields, at);
}
