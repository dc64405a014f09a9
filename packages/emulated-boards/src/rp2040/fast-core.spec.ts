// Every instruction is held against the emulator of the whole chip, and against the manual where that one differs.
import { RP2040 } from 'rp2040js';
import { FastCore } from './fast-core.js';
import { operationOf } from './thumb.js';

const [flashAt, ramAt] = [0x10000000, 0x20000000];
const bkpt = 0xbe00;

interface State {
  registers: number[];
  flags: [n: boolean, z: boolean, c: boolean, v: boolean];
}

/** Numbers that are the same in every run (xorshift). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}

/** Two chips with the same memory, of which one is run quickly. */
const [quick, slow] = [new RP2040(), new RP2040()];
const memoryOf = ({ sram }: RP2040): Uint32Array => new Uint32Array(sram.buffer, sram.byteOffset, 4096);

const bytesOf = (chip: RP2040): Uint8Array => chip.sram.subarray(0, 16_384);

function begin(chip: RP2040, code: readonly number[], { registers, flags }: State): void {
  const { flash, core } = chip;
  new Uint16Array(flash.buffer, flash.byteOffset).set([...code, bkpt]);
  const next = numbers(7);
  memoryOf(chip).forEach((_, index, words) => (words[index] = next()));
  registers.forEach((value, index) => (core.registers[index] = value));
  core.registers[15] = flashAt;
  [core.N, core.Z, core.C, core.V] = flags;
}

const stateOf = ({ core }: RP2040) => ({ registers: [...core.registers], flags: [core.N, core.Z, core.C, core.V] });

/** A core knows what was in flash when it came there: a new one for each program. */
function quickly(code: readonly number[], state: State, count = 1): ReturnType<typeof stateOf> {
  begin(quick, code, state);
  const core = new FastCore(quick);
  core.run(count, () => false);
  expect(core.executed).toBe(count);
  return stateOf(quick);
}

function slowly(code: readonly number[], state: State, count = 1): ReturnType<typeof stateOf> {
  begin(slow, code, state);
  for (let executed = 0; executed < count; executed++) slow.core.executeInstruction();
  return stateOf(slow);
}

const accessesMemory = (code: number): boolean =>
  code >> 12 === 0b0101 || code >> 13 === 0b011 || code >> 13 === 0b100 || code >> 12 === 0b1100;
const edges = [0, 1, 0x7fffffff, 0x80000000, 0xffffffff, 31, 32, 33, 255];

/** Addresses in memory for what loads and stores: a sum of two registers lies in RAM too. */
function randomState(code: number, next: () => number): State {
  const isSum = code >> 12 === 0b0101;
  const value = (): number => {
    if (accessesMemory(code)) return (isSum ? ramAt / 2 : ramAt) + (next() % 1024) * 4;
    return next() % 3 === 0 ? edges[next() % edges.length]! : next();
  };
  const registers = Array.from({ length: 15 }, value);
  registers[13] = ramAt + 4096 + (next() % 512) * 4;
  const bits = next();
  const isZero = (bits & 1) === 1;
  return { registers, flags: [!isZero && (bits & 2) !== 0, isZero, (bits & 4) !== 0, (bits & 8) !== 0] };
}

/** Where the emulator of the whole chip does not do what the manual says. */
function differsFromManual(code: number, { registers, flags }: State): boolean {
  const by = registers[(code >> 3) & 7]! & 255;
  const [from, base] = [(code >> 3) & 15, (code >> 8) & 7];
  switch (true) {
    case code >> 6 === 0b0100000101: // ADCS: the carry is added to one operand before flags are taken of both.
    case code >> 6 === 0b0100000110: // SBCS, likewise.
      return flags[2] === (code >> 6 === 0b0100000101);
    case code >> 6 === 0b0100000010: // LSLS by more than 32 leaves no carry.
      return by > 32;
    case code >> 6 === 0b0100000011: // LSRS by nothing leaves the carry as it is.
    case code >> 6 === 0b0100000111: // RORS, likewise.
      return by === 0;
    case code >> 6 === 0b0100000100: // ASRS, likewise; by more than 32 it is the sign.
      return by === 0;
    case code >> 8 === 0b01000101: // CMP of the program counter, and a jump to it, are by one instruction less.
      return from === 15 || (((code >> 4) & 8) | (code & 7)) === 15;
    case code >> 8 === 0b01000111: // BLX of the link register: where it comes from is written first.
      return from === 15 || (code & 255) === 0b11110000;
    case code >> 11 === 0b11000: // STM moves a base on that it has stored.
      return ((code >> base) & 1) === 1;
    default:
      return false;
  }
}

describe('FastCore', () => {
  // Every eleventh of them: about five of the rarest kind.
  it('does with every instruction what the emulator of the whole chip does', () => {
    const next = numbers(1);
    let compared = 0;
    for (let code = 0; code < 0xe800; code += 11) {
      if (operationOf(code, 0, flashAt) === undefined) continue;
      const state = randomState(code, next);
      if (differsFromManual(code, state)) continue;
      const [ours, theirs] = [quickly([code], state), slowly([code], state)];
      compared++;
      const isSame = Buffer.compare(bytesOf(quick), bytesOf(slow)) === 0;
      if (isSame && JSON.stringify(ours) === JSON.stringify(theirs)) continue;
      const told = { code: code.toString(2), ...state };
      expect({ ...told, after: ours, isSame }).toEqual({ ...told, after: theirs, isSame: true });
    }
    expect(compared).toBeGreaterThan(4500);
  });

  // Flags that nothing reads are not computed.
  it('does with programs of many instructions what the emulator of the whole chip does, in as many', () => {
    const next = numbers(2);
    for (let program = 0; program < 200; program++) {
      const code = randomProgram(next);
      const state = randomState(0, next);
      const [ours, theirs] = [toBreak('quickly', code, state), toBreak('slowly', code, state)];
      expect({ code, ...ours }).toEqual({ code, ...theirs });
    }
  });

  it('runs a loop as often as it is to, and comes back for what arrives meanwhile', () => {
    // adds r1, r1, r0; subs r0, #1; bne back
    const code = [0x1809, 0x3801, 0xd1fc];
    const state: State = {
      registers: [1000, ...Array.from({ length: 14 }, () => 0)],
      flags: [false, false, false, false],
    };
    begin(quick, code, state);
    const core = new FastCore(quick);
    core.run(300, () => false);
    expect([core.executed, quick.core.registers[0], quick.core.PC]).toEqual([300, 900, flashAt]);
    expect(toBreak('quickly', code, state)).toEqual(toBreak('slowly', code, state));
    expect(quick.core.registers[1]).toBe(500_500);
  });

  // Where the emulator of the whole chip does something else.
  it.each<[name: string, code: number, registers: number[], carry: boolean, result: number, flags: string]>([
    ['ADCS', 0x4148, [0x7fffffff, 0], true, 0x80000000, 'N..V'],
    ['ADCS', 0x4148, [0xffffffff, 0], true, 0, '.ZC.'],
    ['SBCS', 0x4188, [0x80000000, 0], false, 0x7fffffff, '..CV'],
    ['SBCS', 0x4188, [0, 0xffffffff], false, 0, '.Z..'],
    ['LSLS', 0x4088, [1, 33], true, 0, '.Z..'],
    ['LSLS', 0x4088, [1, 32], false, 0, '.ZC.'],
    ['LSRS', 0x40c8, [4, 0], true, 4, '..C.'],
    ['LSRS', 0x40c8, [0x80000000, 32], false, 0, '.ZC.'],
    ['ASRS', 0x4108, [0x80000000, 200], false, 0xffffffff, 'N.C.'],
    ['ASRS', 0x4108, [4, 0], true, 4, '..C.'],
    ['RORS', 0x41c8, [0x80000001, 0], false, 0x80000001, 'N...'],
    ['RORS', 0x41c8, [0x80000001, 32], false, 0x80000001, 'N.C.'],
    ['RORS', 0x41c8, [1, 1], false, 0x80000000, 'N.C.'],
  ])('%s (%i) of %j, with carry %s, is what the manual says', (_, code, registers, carry, result, flags) => {
    const rest = Array.from({ length: 13 }, () => 0);
    const after = quickly([code], { registers: [...registers, ...rest], flags: [false, false, carry, false] });
    expect(after.registers[0]).toBe(result);
    expect(after.flags.map((isSet, index) => (isSet ? 'NZCV'[index] : '.')).join('')).toBe(flags);
  });

  it('carries from one instruction to the next, although a comparison follows', () => {
    // adds r0, r0, r2; adcs r1, r3; cmp r0, r0: 0xffffffff + 1 of 64 bits.
    const registers = [0xffffffff, 5, 1, 6, ...Array.from({ length: 11 }, () => 0)];
    const after = quickly([0x1880, 0x4159, 0x4280], { registers, flags: [false, false, false, false] }, 3);
    expect(after.registers.slice(0, 2)).toEqual([0, 12]);
  });

  it('moves a base on that it has stored', () => {
    const registers = Array.from({ length: 15 }, (_, index) => (index === 0 ? ramAt : index));
    const after = quickly([0xc003], { registers, flags: [false, false, false, false] });
    expect([after.registers[0], memoryOf(quick)[0], memoryOf(quick)[1]]).toEqual([ramAt + 8, ramAt, 1]);
  });

  it('faults where the core would: a word that is not at a multiple of 4', () => {
    const registers = Array.from({ length: 15 }, () => ramAt + 2);
    const state: State = { registers, flags: [false, false, false, false] };
    expect(() => quickly([0x6800], state)).toThrow('hard fault: 20000002 is not a multiple of 4');
    expect(() => quickly([0x6000], state)).toThrow('hard fault');
  });
});

/** Of instructions that neither load nor store, some of them skipped by a branch; it ends at a breakpoint. */
function randomProgram(next: () => number): number[] {
  return Array.from({ length: 40 }, (_, at) => {
    if (next() % 6 === 0 && at < 36) return 0xd000 | ((next() % 14) << 8) | (next() % 3);
    for (;;) {
      const code = next() % 0x4500;
      const isRegisterShift = code >> 8 === 0b01000000 || code >> 8 === 0b01000001;
      if (code < 0x4400 && !isRegisterShift) return code;
    }
  });
}

function toBreak(how: 'quickly' | 'slowly', code: readonly number[], state: State) {
  const chip = how === 'quickly' ? quick : slow;
  begin(chip, code, state);
  let ended = false;
  chip.onBreak = () => void (ended = true);
  const core = new FastCore(chip);
  let executed = 0;
  if (how === 'quickly') core.run(1e6, () => ended);
  else for (; !ended; executed++) chip.core.executeInstruction();
  return { ...stateOf(chip), executed: how === 'quickly' ? core.executed : executed };
}
