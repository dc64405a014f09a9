// What a board needs of the machine: a cross compiler and an emulator, and the packages that bring them.
import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { WherryError } from '@wherry/graph';
import type { Board } from './boards.js';
import { boardDiagnostics } from './diagnostics.js';

/** As Debian, Ubuntu and Raspberry Pi OS call them. */
const packageOf: { readonly [tool: string]: string } = {
  'arm-none-eabi-gcc': 'gcc-arm-none-eabi libnewlib-arm-none-eabi',
  'riscv64-unknown-elf-gcc': 'gcc-riscv64-unknown-elf',
  'qemu-system-arm': 'qemu-system-arm',
  'qemu-system-riscv32': 'qemu-system-misc',
};

/** Those that are not there. */
export function missingTools({ compiler, emulator }: Board): readonly string[] {
  return [compiler, emulator].filter(
    // What runs this runs the emulator that is written in JavaScript as well.
    (tool) => tool !== process.execPath && spawnSync(tool, ['--version']).status !== 0,
  );
}

/** Throws BOARD_TOOLS with the command that brings what is missing. */
export function requireTools(board: Board): void {
  const missing = missingTools(board);
  if (missing.length === 0) return;
  throw new WherryError(boardDiagnostics.BOARD_TOOLS, {
    what: `${missing.join(' and ')} ${missing.length === 1 ? 'is' : 'are'} not there`,
    where: board.name,
    next: `install ${missing.length === 1 ? 'it' : 'them'}, on Debian and Ubuntu with: sudo apt-get install --no-install-recommends ${missing.map((tool) => packageOf[tool] ?? tool).join(' ')}`,
  });
}

/** What builds its programs, as it calls itself: the instructions that are counted are its. Throws BOARD_TOOLS. */
export function toolchainOf(board: Board): string {
  requireTools(board);
  const [first = board.compiler] = spawnSync(board.compiler, ['--version'], { encoding: 'utf8' }).stdout.split(/\r?\n/);
  return first;
}

/** Throws BOARD_MATH. */
export function requireMath({ hasMath, name }: Board): void {
  if (hasMath) return;
  throw new WherryError(boardDiagnostics.BOARD_MATH, {
    what: 'the model calls functions of math.h, and the toolchain of the board has none',
    where: name,
    next: 'measure it on the device with --port, or for a profile whose emulated board is an Arm core',
  });
}
