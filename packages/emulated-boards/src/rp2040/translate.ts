// Makes one JavaScript function of the instructions from an address on, to the first jump that is always made.
import type { Operation } from './operation.js';
import { operationOf } from './thumb.js';

/** What a processor has besides its registers, and how far it may run. */
export interface CoreState {
  nz: number;
  c: number;
  v: number;
  /** Instructions executed since the start. */
  executed: number;
  /** A function whose loop has come this far returns. */
  until: number;
  /** The next instruction is one for the whole emulator. */
  leaves: boolean;
}

/** Runs from its address on, and returns the address at which to go on. */
export type Block = (registers: Uint32Array, state: CoreState) => number;

/** Memory as the functions of blocks see it, by the names that their text has for it. */
export type MemoryNames = 'ram8' | 'ram16' | 'ram32' | 'load8' | 'load16' | 'load32' | 'store8' | 'store16' | 'store32';

/** The longest block; what is longer goes on in another one. */
const longest = 64;

/** Flags that something after an instruction reads. */
interface Live {
  nz: boolean;
  c: boolean;
  v: boolean;
}

/** Without what nothing reads: most flags are set anew before anything looks. */
function textOf(operation: Operation, live: Live): string {
  const { operands = '', value, into, setsNz = false, c, v, text = '' } = operation;
  const lines = [operands];
  if (value !== undefined) lines.push(`const x = ${value};`);
  if (into !== undefined) lines.push(`${into} = x;`);
  lines.push(text);
  if (setsNz && live.nz) lines.push('nz = x;');
  if (c !== undefined && live.c) lines.push(`c = ${c};`);
  if (v !== undefined && live.v) lines.push(`v = ${v};`);
  return lines.filter((line) => line !== '').join(' ');
}

function before(operation: Operation, live: Live): Live {
  if (operation.jump !== undefined) return { nz: true, c: true, v: true };
  return {
    nz: live.nz && operation.setsNz !== true,
    c: (live.c && operation.c === undefined) || operation.readsC === true,
    v: live.v && operation.v === undefined,
  };
}

/** Leaves the function, `count` instructions on; to its own start it goes again while there is something left to run. */
function leave(target: number | string, count: number, start: number): string {
  const counted = `n += ${count};`;
  if (target === start) return `${counted} if (n < until) continue; pc = ${start}; break;`;
  return `${counted} pc = ${typeof target === 'number' ? target : `${target} & -2`}; break;`;
}

function jumpText({ jump, ...operation }: Operation, live: Live, at: number, count: number, start: number): string {
  const { condition, target } = jump!;
  const text = textOf(operation, live);
  if (condition !== undefined) return `if (${condition}) { ${leave(target, count + 1, start)} }`;
  if (typeof target === 'number') return `{ ${text} ${leave(target, count + 1, start)} }`;
  // An address that stands for a return from an exception.
  const { operands = '', ...rest } = operation;
  const exception = `if ((${target}) >>> 28 === 15) { state.leaves = true; ${leave(at, count, NaN)} }`;
  return `{ ${operands} ${exception} ${textOf(rest, live)} ${leave(target, count + 1, start)} }`;
}

function operationsFrom(start: number, half: (at: number) => number): { operation: Operation; at: number }[] {
  const found: { operation: Operation; at: number }[] = [];
  for (let at = start; found.length < longest;) {
    const operation = operationOf(half(at), half(at + 2), at);
    if (operation === undefined) break;
    found.push({ operation, at });
    if (operation.jump !== undefined && operation.jump.condition === undefined) break;
    at += 2 * (operation.halves ?? 1);
  }
  return found;
}

/** Text of the function for what begins at an address; undefined where its first instruction is one for the whole emulator. */
export function blockText(start: number, half: (at: number) => number): string | undefined {
  const found = operationsFrom(start, half);
  const last = found.at(-1);
  if (last === undefined) return undefined;
  const lines: string[] = [];
  let live: Live = { nz: true, c: true, v: true };
  for (const [count, { operation, at }] of [...found.entries()].reverse()) {
    const { jump } = operation;
    lines.unshift(jump === undefined ? `{ ${textOf(operation, live)} }` : jumpText(operation, live, at, count, start));
    live = before(operation, live);
  }
  const next = last.at + 2 * (last.operation.halves ?? 1);
  if (last.operation.jump === undefined || last.operation.jump.condition !== undefined)
    lines.push(leave(next, found.length, NaN));
  const body = lines.join('\n');
  const used = Array.from({ length: 15 }, (_, index) => index).filter((index) =>
    new RegExp(`\\br${index}\\b`).test(body),
  );
  return [
    'let { nz, c, v } = state, n = state.executed, pc = 0; const { until } = state;',
    ...used.map((index) => `let r${index} = registers[${index}] | 0;`),
    `for (;;) {\n${body}\n}`,
    ...used.map((index) => `registers[${index}] = r${index};`),
    'state.nz = nz; state.c = c; state.v = v; state.executed = n; return pc;',
  ].join('\n');
}
