// `rp2040-emulator -kernel FILE`: runs an ELF file for the RP2040 as an emulator of boards would: what it prints and where it
// ends goes through semihosting, and BKPT 1 gives the instructions executed so far in R0.
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { RP2040 } from 'rp2040js';

const flashAt = 0x10000000;
const ramAt = 0x20000000;
const operations = { write: 0x04, exit: 0x18 };

/** Puts the loadable segments of a 32-bit ELF file where they are loaded from. */
function load(elf: Buffer, chip: RP2040): void {
  const [table, size, count] = [elf.readUInt32LE(28), elf.readUInt16LE(42), elf.readUInt16LE(44)];
  for (let at = table; at < table + count * size; at += size) {
    const word = (field: number): number => elf.readUInt32LE(at + field);
    const [type, offset, address, bytes] = [word(0), word(4), word(12), word(16)];
    if (type !== 1 || bytes === 0) continue;
    const [memory, first] = address >= ramAt ? [chip.sram, address - ramAt] : [chip.flash, address - flashAt];
    memory.set(elf.subarray(offset, offset + bytes), first);
  }
}

function textAt(chip: RP2040, address: number): string {
  let text = '';
  for (let at = address; ; at++) {
    const byte = chip.readUint8(at);
    if (byte === 0) return text;
    text += String.fromCharCode(byte);
  }
}

const chip = new RP2040();
load(readFileSync(process.argv[process.argv.indexOf('-kernel') + 1]!), chip);
let executed = 0;
let ended = false;
chip.onBreak = (code) => {
  const { registers } = chip.core;
  if (code === 1) registers[0] = executed;
  else if (code !== 0xab) throw new Error(`BKPT ${code}`);
  else if (registers[0] === operations.write) process.stdout.write(textAt(chip, registers[1]!));
  else if (registers[0] === operations.exit) ended = true;
  else throw new Error(`semihosting operation ${registers[0]}`);
};
chip.core.VTOR = flashAt;
chip.core.SP = chip.readUint32(flashAt);
chip.core.PC = chip.readUint32(flashAt + 4) & ~1;
while (!ended) {
  chip.core.executeInstruction();
  executed++;
}
