// `rp2040-emulator -kernel FILE`: runs an ELF file for the RP2040 as an emulator of boards would: what it prints and where it
// ends goes through semihosting, and BKPT 1 gives the instructions executed so far in R0 and, above 32 bits, R1. With `-serial stdio`,
// UART0 is on standard input and output.
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { RP2040, type Peripheral } from 'rp2040js';
import { FastCore } from './rp2040/fast-core.js';

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

/** Instructions between two looks at the line, and between two at what this program has to do besides. */
const [untilLine, untilPause] = [200, 200_000];

const chip = new RP2040();
load(readFileSync(process.argv[process.argv.indexOf('-kernel') + 1]!), chip);
const core = new FastCore(chip);
let ended = false;
chip.onBreak = (code) => {
  const { registers } = chip.core;
  if (code === 1) [registers[0], registers[1]] = [core.executed >>> 0, Math.floor(core.executed / 2 ** 32)];
  else if (code !== 0xab) throw new Error(`BKPT ${code}`);
  else if (registers[0] === operations.write) process.stdout.write(textAt(chip, registers[1]!));
  else if (registers[0] === operations.exit) ended = true;
  else throw new Error(`semihosting operation ${registers[0]}`);
};

function begin(): void {
  chip.core.VTOR = flashAt;
  chip.core.reset();
}

let restarts = false;
(chip.peripherals[0x40058] as Peripheral & { onWatchdogTrigger(): void }).onWatchdogTrigger = () =>
  void (restarts = true);

const uart = chip.uart[0]!;
/** Its flags say that it can take no byte more (UARTFR). */
const isFull = (): boolean => (uart.flags & (1 << 6)) !== 0;
let arrived: Buffer = Buffer.alloc(0);
let left: number[] = [];
uart.onByte = (byte) => void left.push(byte);
if (process.argv.includes('-serial')) {
  process.stdin.on('data', (bytes: Buffer) => {
    arrived = Buffer.concat([arrived, bytes]);
    if (!chip.core.waiting) return;
    chip.core.waiting = false;
    setImmediate(run);
  });
  // Whoever started it is gone.
  process.stdin.on('end', () => process.exit(0));
}

/** Its queue is never overrun, as if the line waited for it. */
function feed(): void {
  let at = 0;
  for (; at < arrived.length && uart.enabled && !isFull(); at++) uart.feedByte(arrived[at]!);
  arrived = arrived.subarray(at);
}

/** Whether it waits for an interrupt, and nothing is there for it. */
function isAsleep(): boolean {
  if (chip.core.waiting && arrived.length > 0) chip.core.waiting = false;
  return chip.core.waiting;
}

function run(): void {
  const pause = core.executed + untilPause;
  // Where the processor waits, only a byte on the line ends that.
  while (core.executed < pause && !ended && !isAsleep()) {
    feed();
    core.run(arrived.length > 0 ? core.executed + untilLine : pause, () => ended || restarts);
    if (!restarts) continue;
    restarts = false;
    begin();
  }
  if (left.length > 0) process.stdout.write(Uint8Array.from(left));
  left = [];
  if (!ended && !chip.core.waiting) setImmediate(run);
}

begin();
run();
