// What loads and stores do, as text of JavaScript. Memory of the chip is read and written where it lies; whatever is not there, or not
// at a multiple of its size, is left to functions: an index that is turned by the bits of alignment is out of range where any is set.
import type { Operation } from './operation.js';

type Bits = 8 | 16 | 32;

export const ramStart = 0x20000000;

const indexOf: Readonly<Record<Bits, string>> = {
  8: 'o >>> 0',
  16: '((o >>> 1) | (o << 31)) >>> 0',
  32: '((o >>> 2) | (o << 30)) >>> 0',
};

const place = (address: string, bits: Bits): string =>
  `const p = (${address}) | 0, o = p - ${ramStart}, i = ${indexOf[bits]};`;

const read = (bits: Bits): string => `i < ram${bits}.length ? ram${bits}[i] : load${bits}(p)`;
const write = (bits: Bits, value: string): string =>
  `if (i < ram${bits}.length) ram${bits}[i] = ${value}; else store${bits}(p, ${value});`;

export function load(into: number, address: string, bits: Bits, sign?: 'signed'): Operation {
  const value = sign === undefined ? read(bits) : `((${read(bits)}) << ${32 - bits}) >> ${32 - bits}`;
  return { operands: place(address, bits), value, into: `r${into}` };
}

export function store(from: number, address: string, bits: Bits): Operation {
  return { text: `{ ${place(address, bits)} ${write(bits, `r${from}`)} }` };
}

const listed = (list: number): number[] =>
  Array.from({ length: 15 }, (_, index) => index).filter((index) => (list >> index) & 1);

const storeEach = (registers: readonly number[]): string =>
  registers.map((register, at) => `{ ${place(`q + ${at * 4}`, 32)} ${write(32, `r${register}`)} }`).join(' ');

const loadEach = (registers: readonly number[]): string =>
  registers.map((register, at) => `{ ${place(`q + ${at * 4}`, 32)} r${register} = ${read(32)}; }`).join(' ');

export function push(list: number): Operation {
  const registers = listed(list);
  return { text: `{ const q = r13 - ${registers.length * 4}; ${storeEach(registers)} r13 = q; }` };
}

/** With the program counter, that is read first: what returns from an exception is left to the whole emulator. */
export function pop(list: number, isReturn: boolean): Operation {
  const registers = listed(list);
  const size = registers.length * 4;
  if (!isReturn) return { text: `{ const q = r13; ${loadEach(registers)} r13 = (q + ${size}) | 0; }` };
  return {
    operands: `const q = r13; let a; { ${place(`q + ${size}`, 32)} a = ${read(32)}; }`,
    jump: { target: 'a' },
    text: `${loadEach(registers)} r13 = (q + ${size + 4}) | 0;`,
  };
}

export function storeMany(base: number, list: number): Operation {
  const registers = listed(list);
  return { text: `{ const q = r${base}; ${storeEach(registers)} r${base} = (q + ${registers.length * 4}) | 0; }` };
}

/** A base that is loaded itself is not moved on. */
export function loadMany(base: number, list: number): Operation {
  const registers = listed(list);
  const moved = registers.includes(base) ? '' : `r${base} = (q + ${registers.length * 4}) | 0;`;
  return { text: `{ const q = r${base}; ${loadEach(registers)} ${moved} }` };
}
