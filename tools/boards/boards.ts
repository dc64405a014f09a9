// The emulated boards: what compiles for each, where its memory lies, what runs it.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

export interface Board {
  readonly name: string;
  /** Its vector unit, as in device profiles. */
  readonly simd: string | null;
  readonly compiler: string;
  readonly flags: readonly string[];
  readonly linkFlags: readonly string[];
  /** File of firmware/ that starts it. */
  readonly start: string;
  /** Where vectors, code and data go. */
  readonly memory: { readonly vectors: number; readonly code: Region; readonly ram: Region };
  readonly emulator: string;
  /** In front of the program. */
  readonly emulatorFlags: readonly string[];
  /** Layers are compared on it: on one board of each core. */
  readonly compares: boolean;
  /** Its counter counts every instruction. */
  readonly counts: boolean;
  /** It is emulated a hundred times slower than the others. */
  readonly isSlow?: boolean;
}

interface Region {
  readonly at: number;
  readonly bytes: number;
}

const mega = 1 << 20;
const arm = {
  compiler: 'arm-none-eabi-gcc',
  linkFlags: ['-nostartfiles', '-mthumb'],
  start: 'cortex-m.c',
  emulator: 'qemu-system-arm',
} as const;
/** `shift`: an instruction takes 2^shift ns of the board's time. */
const semihosting = (shift = 0): readonly string[] => [
  ...['-nographic', '-semihosting-config', 'enable=on,target=native', '-icount', `shift=${shift}`],
];

export const boards: readonly Board[] = [
  {
    ...arm,
    name: 'Cortex-M4 (mps2-an386)',
    simd: 'Arm DSP extension',
    flags: ['-mcpu=cortex-m4', '-mthumb'],
    linkFlags: [...arm.linkFlags, '-mcpu=cortex-m4'],
    memory: { vectors: 0, code: { at: 0x400, bytes: 4 * mega - 0x400 }, ram: { at: 0x20000000, bytes: 4 * mega } },
    emulatorFlags: ['-M', 'mps2-an386', ...semihosting()],
    compares: true,
    counts: false,
  },
  {
    ...arm,
    name: 'Cortex-M4 (netduinoplus2)',
    simd: 'Arm DSP extension',
    flags: ['-mcpu=cortex-m4', '-mthumb', '-DTIM2=0x40000000'],
    linkFlags: [...arm.linkFlags, '-mcpu=cortex-m4'],
    memory: {
      vectors: 0x08000000,
      code: { at: 0x08000400, bytes: mega - 0x400 },
      ram: { at: 0x20000000, bytes: mega / 8 },
    },
    emulatorFlags: ['-M', 'netduinoplus2', ...semihosting()],
    compares: false,
    counts: true,
  },
  {
    ...arm,
    // No board of an M0+ is emulated with as much memory: a Cortex-M3 runs its code.
    name: 'Cortex-M0+ code (mps2-an385)',
    simd: null,
    flags: ['-mcpu=cortex-m0plus', '-mthumb'],
    linkFlags: [...arm.linkFlags, '-mcpu=cortex-m0plus'],
    memory: { vectors: 0, code: { at: 0x400, bytes: 4 * mega - 0x400 }, ram: { at: 0x20000000, bytes: 4 * mega } },
    emulatorFlags: ['-M', 'mps2-an385', ...semihosting()],
    compares: true,
    counts: false,
  },
  {
    ...arm,
    name: 'RP2040 (rp2040js)',
    simd: null,
    flags: ['-mcpu=cortex-m0plus', '-mthumb', '-DCOUNT_BREAKPOINT'],
    linkFlags: [...arm.linkFlags, '-mcpu=cortex-m0plus'],
    memory: {
      vectors: 0x10000000,
      code: { at: 0x10000400, bytes: 2 * mega - 0x400 },
      ram: { at: 0x20000000, bytes: 264 * 1024 },
    },
    emulator: process.execPath,
    emulatorFlags: [join(import.meta.dirname, 'rp2040-emulator.mjs')],
    compares: true,
    counts: true,
    isSlow: true,
  },
  {
    ...arm,
    name: 'Cortex-M55 (mps3-an547)',
    simd: 'Arm Helium (MVE)',
    // SysTick runs at 32 MHz: 2.048 ticks in the 64 ns of an instruction.
    flags: [
      ...['-mcpu=cortex-m55', '-mthumb', '-mfloat-abi=hard', '-DHAS_VECTORS'],
      ...['-DSYSTICK_TICKS=256', '-DSYSTICK_INSTRUCTIONS=125'],
    ],
    linkFlags: [...arm.linkFlags, '-mcpu=cortex-m55', '-mfloat-abi=hard'],
    memory: { vectors: 0, code: { at: 0x11000000, bytes: 2 * mega }, ram: { at: 0x31000000, bytes: 2 * mega } },
    emulatorFlags: ['-M', 'mps3-an547', ...semihosting(6)],
    compares: true,
    counts: true,
  },
  {
    name: 'RV32IMC (virt)',
    simd: null,
    compiler: 'riscv64-unknown-elf-gcc',
    flags: [
      ...['-march=rv32imc_zicsr', '-mabi=ilp32', '-mcmodel=medany', '-fno-tree-loop-distribute-patterns'],
      // Debian has no library for it.
      ...['-ffreestanding', `-I${join(import.meta.dirname, 'firmware', 'freestanding')}`],
    ],
    linkFlags: ['-nostdlib', '-march=rv32imc', '-mabi=ilp32', '-lgcc'],
    start: 'riscv32.c',
    memory: {
      vectors: 0x80000000,
      code: { at: 0x80000400, bytes: 16 * mega },
      ram: { at: 0x82000000, bytes: 16 * mega },
    },
    emulator: 'qemu-system-riscv32',
    emulatorFlags: [
      ...['-M', 'virt', '-bios', 'none', '-nographic', '-icount', 'shift=0', '-cpu'],
      'rv32,a=false,f=false,d=false,mmu=false,zba=false,zbb=false,zbc=false,zbs=false',
    ],
    compares: true,
    counts: true,
  },
];

export function isThere({ compiler, emulator }: Board): boolean {
  return [compiler, emulator].every((tool) => spawnSync(tool, ['--version']).status === 0);
}
