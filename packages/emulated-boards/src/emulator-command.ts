// What runs an image: as a program that prints and ends, or as a board with a serial line.
import process from 'node:process';
import type { Board } from './boards.js';
import { tether } from './own-programs.js';

export interface EmulatorCommand {
  readonly program: string;
  readonly parameters: readonly string[];
}

/** A program that prints, on the emulator's standard output or error, and ends. Its counter counts every instruction. */
export function programCommand(board: Board, image: string): EmulatorCommand {
  const { emulator, machine, counting, semihosting } = board;
  const prints = semihosting ? ['-semihosting-config', 'enable=on,target=native'] : [];
  return { program: emulator, parameters: [...machine, '-nographic', ...prints, ...counting, '-kernel', image] };
}

/** The firmware of the profiler. Its serial line is standard input and output. Throws RangeError where the board has none. */
export function agentCommand(board: Board, image: string): EmulatorCommand {
  const { agent, emulator, machine, counting, name } = board;
  if (agent === null) throw new RangeError(`${name} has no firmware of the profiler`);
  // With -icount a clock does not run with that of the host.
  const clock = agent.counts ? counting : [];
  const line = ['-display', 'none', '-monitor', 'none', '-serial', 'stdio'];
  return { program: emulator, parameters: [...machine, ...clock, ...line, '-kernel', image] };
}

/** Ends where its standard input does, and removes the folder where that is because whoever started it is gone. */
export function tethered({ program, parameters }: EmulatorCommand, folder: string): EmulatorCommand {
  return { program: process.execPath, parameters: [tether, folder, program, ...parameters] };
}
