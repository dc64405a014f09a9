// Runs what lies in flash as JavaScript made of it, block by block, some ten times as fast as instruction by instruction. What is rare
// (exceptions, special registers, breakpoints, code in RAM) is left to the emulator of the whole chip, which owns the registers.
import type { RP2040 } from 'rp2040js';
import { blockText, type Block, type CoreState, type MemoryNames } from './translate.js';

const flashStart = 0x10000000;

type Memory = Record<MemoryNames, unknown>;

/** Reads and writes that are not of RAM, and those that the core does not allow. */
function memoryOf(chip: RP2040): Memory {
  const { sram, flash } = chip;
  const flash32 = new Int32Array(flash.buffer, flash.byteOffset, flash.length >> 2);
  const aligned = (address: number, mask: number): number => {
    if ((address & mask) !== 0) throw new Error(`hard fault: ${address.toString(16)} is not a multiple of ${mask + 1}`);
    return address >>> 0;
  };
  return {
    ram8: sram,
    ram16: new Uint16Array(sram.buffer, sram.byteOffset, sram.length >> 1),
    ram32: new Int32Array(sram.buffer, sram.byteOffset, sram.length >> 2),
    load8: (address: number) => {
      const at = address - flashStart;
      return at >= 0 && at < flash.length ? flash[at]! : chip.readUint8(address >>> 0);
    },
    load16: (address: number) => chip.readUint16(aligned(address, 1)),
    load32: (address: number) => {
      const at = address - flashStart;
      const index = ((at >>> 2) | (at << 30)) >>> 0;
      return index < flash32.length ? flash32[index]! : chip.readUint32(aligned(address, 3)) | 0;
    },
    store8: (address: number, value: number) => chip.writeUint8(address >>> 0, value & 0xff),
    store16: (address: number, value: number) => chip.writeUint16(aligned(address, 1), value & 0xffff),
    store32: (address: number, value: number) => chip.writeUint32(aligned(address, 3), value >>> 0),
  };
}

/** The processor of a chip; `executed` counts its instructions. */
export class FastCore {
  private readonly state: CoreState = { nz: 1, c: 0, v: 0, executed: 0, until: 0, leaves: false };
  private readonly blocks: (Block | null | undefined)[] = [];
  private readonly memory: Memory;

  constructor(private readonly chip: RP2040) {
    this.memory = memoryOf(chip);
  }

  get executed(): number {
    return this.state.executed;
  }

  /** Runs to that number of instructions or somewhat further, or to where `isEnded` says so. */
  run(until: number, isEnded: () => boolean): void {
    const { state, chip } = this;
    const { core } = chip;
    this.takeFlags();
    while (state.executed < until && !isEnded() && !core.waiting) {
      state.until = until;
      const block = core.interruptsUpdated || state.leaves ? undefined : this.blockAt(core.registers[15]!);
      if (block !== undefined) core.registers[15] = block(core.registers, state);
      else this.step();
    }
    this.giveFlags();
  }

  /** One instruction by the emulator of the whole chip. */
  private step(): void {
    this.giveFlags();
    this.state.leaves = false;
    this.chip.core.executeInstruction();
    this.state.executed++;
    this.takeFlags();
  }

  private takeFlags(): void {
    const { N, Z, C, V } = this.chip.core;
    Object.assign(this.state, { nz: Z ? 0 : N ? -1 : 1, c: C ? 1 : 0, v: V ? 1 : 0 });
  }

  private giveFlags(): void {
    const { nz, c, v } = this.state;
    Object.assign(this.chip.core, { N: nz < 0, Z: nz === 0, C: c !== 0, V: v !== 0 });
  }

  /** Flash is never written while a program runs, so that what was made of it stays true. */
  private blockAt(address: number): Block | undefined {
    const index = (address - flashStart) >>> 1;
    if (index >= this.chip.flash.length >> 1) return undefined;
    const known = this.blocks[index];
    if (known !== undefined) return known ?? undefined;
    const text = blockText(address & ~1, (at) => this.chip.readUint16(at));
    const made = text === undefined ? null : this.compiled(text);
    this.blocks[index] = made;
    return made ?? undefined;
  }

  private compiled(text: string): Block {
    const names = Object.keys(this.memory);
    // Made of the program that is run, by nothing but the tables of thumb.ts.
    // eslint-disable-next-line @typescript-eslint/no-implied-eval
    const make = new Function(...names, `return (registers, state) => {\n${text}\n};`) as (
      ...values: unknown[]
    ) => Block;
    return make(...Object.values(this.memory));
  }
}
