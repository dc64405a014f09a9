// A program on an emulated board, and the numbers that it prints.
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { buildImage, programCommand, type Board, type BoardImage } from '@wherry/emulated-boards';

const run = promisify(execFile);
const firmware = join(import.meta.dirname, 'firmware');

export interface PrintingProgram {
  readonly files: Iterable<readonly [string, string]>;
  readonly sources: readonly string[];
  readonly flags: readonly string[];
  /** After which a board is taken for one that does not end. */
  readonly seconds: number;
}

export interface PrintedBy<T> {
  readonly numbers: readonly number[];
  readonly asked: T;
}

/** With the files of firmware/. Throws with the words of the compiler, or where the board does not end. */
export async function runPrinting<T>(
  board: Board,
  { files, sources, flags, seconds }: PrintingProgram,
  ask: (image: BoardImage) => Promise<T>,
): Promise<PrintedBy<T>> {
  const image = await buildImage(board, { files: [...files, ...firmwareSources()], sources, flags: ['-I.', ...flags] });
  try {
    const { program: emulator, parameters } = programCommand(board, image.path);
    const running = run(emulator, parameters, { encoding: 'utf8', timeout: 1000 * seconds });
    running.child.stdin?.end();
    const { stdout, stderr } = await running;
    // Semihosting prints on the emulator's stderr, a serial line on its stdout.
    const printed = `${stdout}${stderr}`;
    return { numbers: printed.trim().split(/\s+/).map(Number), asked: await ask(image) };
  } finally {
    image.remove();
  }
}

function firmwareSources(): readonly (readonly [string, string])[] {
  return readdirSync(firmware).map((name) => [name, readFileSync(join(firmware, name), 'utf8')] as const);
}
