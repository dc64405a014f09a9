// The emulated boards: what compiles for each, where its memory lies, what runs it.
import { rp2040Emulator } from './own-programs.js';

export interface Board {
  /** As device profiles name it as their stand-in. */
  readonly id: string;
  readonly name: string;
  /** Its vector unit and its instruction set, as in device profiles. */
  readonly simd: string | null;
  readonly instructionSet?: string;
  readonly compiler: string;
  readonly flags: readonly string[];
  readonly linkFlags: readonly string[];
  /** Its toolchain has the library that math.h is of. */
  readonly hasMath: boolean;
  /** File of firmware/ that starts it, there as board/. */
  readonly start: string;
  /** Where vectors, code and data go. */
  readonly memory: { readonly vectors: number; readonly code: Region; readonly ram: Region };
  readonly emulator: string;
  readonly machine: readonly string[];
  /** Without them a counter of instructions is noise. */
  readonly counting: readonly string[];
  /** It prints through the emulator, and not on its serial line. */
  readonly semihosting: boolean;
  /** The firmware of the profiler on it, where there is a port. */
  readonly agent: BoardAgent | null;
  /** Layers are compared on it: on one board of each core. */
  readonly compares: boolean;
  /** Its counter counts every instruction, and figures of models are taken on it: on one board of each core. */
  readonly counts: boolean;
}

export interface BoardAgent {
  /** Of apps/device-agent/src/ports. */
  readonly port: string;
  /** Its clock counts executed instructions; otherwise it runs with the clock of the emulating machine. */
  readonly counts: boolean;
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
  semihosting: true,
  hasMath: true,
} as const;
/** An instruction takes 2^shift ns of the board's time. */
const countingBy = (shift: number): readonly string[] => ['-icount', `shift=${shift}`];

/** Real numbers by the unit of the chip, as its firmware is built: by a library of functions they take ten times as much. */
const realsOf = (unit: string): readonly string[] => ['-mfloat-abi=hard', `-mfpu=${unit}`];

/** For the agent: its clock is that of the emulator. */
const counts = '-DWHERRY_COUNTS_INSTRUCTIONS';

export const boards: readonly Board[] = [
  {
    ...arm,
    id: 'mps2-an386',
    name: 'Cortex-M4 (mps2-an386)',
    simd: 'Arm DSP extension',
    flags: ['-mcpu=cortex-m4', '-mthumb', ...realsOf('fpv4-sp-d16')],
    linkFlags: [...arm.linkFlags, '-mcpu=cortex-m4', ...realsOf('fpv4-sp-d16')],
    memory: { vectors: 0, code: { at: 0x400, bytes: 4 * mega - 0x400 }, ram: { at: 0x20000000, bytes: 4 * mega } },
    machine: ['-M', 'mps2-an386'],
    counting: countingBy(0),
    agent: { port: 'mps2', counts: false },
    compares: true,
    counts: false,
  },
  {
    ...arm,
    id: 'netduinoplus2',
    name: 'Cortex-M4 (netduinoplus2)',
    simd: 'Arm DSP extension',
    flags: ['-mcpu=cortex-m4', '-mthumb', ...realsOf('fpv4-sp-d16'), '-DTIM2=0x40000000', counts],
    linkFlags: [...arm.linkFlags, '-mcpu=cortex-m4', ...realsOf('fpv4-sp-d16')],
    memory: {
      vectors: 0x08000000,
      code: { at: 0x08000400, bytes: mega - 0x400 },
      ram: { at: 0x20000000, bytes: mega / 8 },
    },
    machine: ['-M', 'netduinoplus2'],
    counting: countingBy(0),
    agent: { port: 'stm32f4', counts: true },
    compares: false,
    counts: true,
  },
  {
    ...arm,
    id: 'mps2-an500',
    name: 'Cortex-M7 (mps2-an500)',
    simd: 'Arm DSP extension',
    // The timer runs at 25 MHz: 3.2 ticks in the 128 ns of an instruction.
    flags: ['-mcpu=cortex-m7', '-mthumb', ...realsOf('fpv5-d16'), '-DTIMER_TICKS=16', '-DTIMER_INSTRUCTIONS=5', counts],
    linkFlags: [...arm.linkFlags, '-mcpu=cortex-m7', ...realsOf('fpv5-d16')],
    memory: { vectors: 0, code: { at: 0x400, bytes: 4 * mega - 0x400 }, ram: { at: 0x20000000, bytes: 4 * mega } },
    machine: ['-M', 'mps2-an500'],
    counting: countingBy(7),
    agent: { port: 'mps2', counts: true },
    compares: false,
    counts: false,
  },
  {
    ...arm,
    id: 'mps2-an505',
    name: 'Cortex-M33 (mps2-an505)',
    simd: 'Arm DSP extension',
    // In secure state, whose addresses are others. The timer runs at 20 MHz: 2.56 ticks in the 128 ns of an instruction.
    flags: [
      ...['-mcpu=cortex-m33', '-mthumb', ...realsOf('fpv5-sp-d16')],
      ...['-DCMSDK_UART=0x50200000u', '-DCMSDK_UART_INTERRUPT=32u'],
      ...['-DCMSDK_TIMER=0x50000000u', '-DTIMER_HZ=20000000u', '-DMPS2_FPGAIO=0x50302000u'],
      ...['-DTIMER_TICKS=64', '-DTIMER_INSTRUCTIONS=25', counts],
    ],
    linkFlags: [...arm.linkFlags, '-mcpu=cortex-m33', ...realsOf('fpv5-sp-d16')],
    memory: {
      vectors: 0x10000000,
      code: { at: 0x10000400, bytes: 4 * mega - 0x400 },
      ram: { at: 0x38000000, bytes: 2 * mega },
    },
    machine: ['-M', 'mps2-an505'],
    counting: countingBy(7),
    agent: { port: 'mps2', counts: true },
    compares: false,
    counts: false,
  },
  {
    ...arm,
    // No board of an M0+ is emulated with as much memory: a Cortex-M3 runs its code.
    id: 'mps2-an385',
    name: 'Cortex-M0+ code (mps2-an385)',
    simd: null,
    instructionSet: 'Armv6-M',
    flags: ['-mcpu=cortex-m0plus', '-mthumb'],
    linkFlags: [...arm.linkFlags, '-mcpu=cortex-m0plus'],
    memory: { vectors: 0, code: { at: 0x400, bytes: 4 * mega - 0x400 }, ram: { at: 0x20000000, bytes: 4 * mega } },
    machine: ['-M', 'mps2-an385'],
    counting: countingBy(0),
    agent: { port: 'mps2', counts: false },
    compares: true,
    counts: false,
  },
  {
    ...arm,
    id: 'rp2040js',
    name: 'RP2040 (rp2040js)',
    simd: null,
    instructionSet: 'Armv6-M',
    flags: ['-mcpu=cortex-m0plus', '-mthumb', '-DCOUNT_BREAKPOINT', counts],
    linkFlags: [...arm.linkFlags, '-mcpu=cortex-m0plus'],
    memory: {
      vectors: 0x10000000,
      code: { at: 0x10000400, bytes: 2 * mega - 0x400 },
      ram: { at: 0x20000000, bytes: 264 * 1024 },
    },
    emulator: process.execPath,
    machine: [rp2040Emulator],
    counting: [],
    agent: { port: 'rp2040', counts: true },
    compares: true,
    counts: true,
  },
  {
    ...arm,
    id: 'mps3-an547',
    name: 'Cortex-M55 (mps3-an547)',
    simd: 'Arm Helium (MVE)',
    // SysTick runs at 32 MHz: 2.048 ticks in the 64 ns of an instruction.
    flags: [
      ...['-mcpu=cortex-m55', '-mthumb', '-mfloat-abi=hard'],
      ...['-DSYSTICK_TICKS=256', '-DSYSTICK_INSTRUCTIONS=125', counts],
    ],
    linkFlags: [...arm.linkFlags, '-mcpu=cortex-m55', '-mfloat-abi=hard'],
    memory: { vectors: 0, code: { at: 0x11000000, bytes: 2 * mega }, ram: { at: 0x31000000, bytes: 2 * mega } },
    machine: ['-M', 'mps3-an547'],
    counting: countingBy(6),
    agent: { port: 'mps3', counts: true },
    compares: true,
    counts: true,
  },
  {
    id: 'riscv32-virt',
    name: 'RV32IMC (virt)',
    simd: null,
    instructionSet: 'RV32IMC',
    compiler: 'riscv64-unknown-elf-gcc',
    hasMath: false,
    flags: [
      ...['-march=rv32imc_zicsr', '-mabi=ilp32', '-mcmodel=medany', '-fno-tree-loop-distribute-patterns'],
      // Debian has no library for it.
      ...['-ffreestanding', '-Iboard/freestanding'],
    ],
    linkFlags: ['-nostdlib', '-march=rv32imc', '-mabi=ilp32', '-lgcc'],
    start: 'riscv32.c',
    memory: {
      vectors: 0x80000000,
      code: { at: 0x80000400, bytes: 16 * mega },
      ram: { at: 0x82000000, bytes: 16 * mega },
    },
    emulator: 'qemu-system-riscv32',
    machine: [
      ...['-M', 'virt', '-bios', 'none', '-cpu'],
      'rv32,a=false,f=false,d=false,mmu=false,zba=false,zbb=false,zbc=false,zbs=false',
    ],
    counting: countingBy(0),
    semihosting: false,
    agent: { port: 'riscv-virt', counts: true },
    compares: true,
    counts: true,
  },
];
