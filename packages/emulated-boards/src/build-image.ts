// A program of C files as the image of a board, in a folder of its own.
import { execFile } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { WherryError } from '@wherry/graph';
import type { Board } from './boards.js';
import { boardDiagnostics } from './diagnostics.js';
import { firmwareFiles } from './firmware-files.js';
import { passingFolder } from './passing-folder.js';
import { requireTools } from './tools.js';

const run = promisify(execFile);
/** What a compiler says is to be the same in every locale. */
const env = { ...process.env, LC_ALL: 'C' };

export interface BoardProgram {
  /** By path; those of the board itself lie below `board/`. */
  readonly files: Iterable<readonly [string, string]>;
  /** Those to be compiled. */
  readonly sources: readonly string[];
  /** For them alone; paths begin where those of the files do. */
  readonly flags: readonly string[];
  readonly signal?: AbortSignal;
}

export interface BoardImage {
  readonly path: string;
  /** All of it, until it is removed or this process exits. */
  readonly folder: string;
  /** Bytes of one source's code and constants, and of what it writes to. */
  sizeOf(source: string): Promise<{ readonly flash: number; readonly ram: number }>;
  readonly remove: () => void;
}

/** Throws BOARD_TOOLS, and BOARD_BUILD with the words of the compiler. */
export async function buildImage(board: Board, program: BoardProgram): Promise<BoardImage> {
  requireTools(board);
  const folder = orNoRoom(() => passingFolder('board'));
  const remove = (): void => {
    process.off('exit', remove);
    rmSync(folder, { recursive: true, force: true });
  };
  process.once('exit', remove);
  const { signal } = program;
  const compiler = async (parameters: readonly string[]): Promise<void> => {
    try {
      // What a compiler keeps for itself goes with the folder, too.
      const own = { ...env, TMPDIR: folder };
      await run(board.compiler, parameters, { cwd: folder, env: own, ...(signal !== undefined && { signal }) });
    } catch (error) {
      signal?.throwIfAborted();
      throw notBuilt(board, error as Error & { stderr?: string });
    }
  };
  try {
    const own = Object.entries(firmwareFiles).map(([name, text]) => [`board/${name}`, text] as const);
    orNoRoom(() => writeSources(folder, [...own, ...program.files]));
    const start = `board/${board.start}`;
    const sources = [start, ...program.sources];
    const compile = (source: string): Promise<void> =>
      compiler([
        ...[...board.flags, '-O2', '-std=c11', '-ffunction-sections', '-Iboard'],
        ...(source === start ? [] : program.flags),
        ...['-c', source, '-o', objectOf(source)],
      ]);
    await atOnce(availableParallelism(), sources, compile);
    await compiler([...sources.map(objectOf), ...linkFlags(board), '-o', 'program.elf']);
  } catch (error) {
    remove();
    throw error;
  }
  return {
    path: join(folder, 'program.elf'),
    folder,
    sizeOf: (source) => sizeOf(board, join(folder, objectOf(source))),
    remove,
  };
}

function writeSources(folder: string, files: readonly (readonly [string, string])[]): void {
  for (const [name, text] of files) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

/** Throws BOARD_FOLDER. */
function orNoRoom<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw new WherryError(boardDiagnostics.BOARD_FOLDER, {
      what: `nothing can be built in the folder for temporary files: ${(error as Error).message}`,
      where: tmpdir(),
      next: 'set TMPDIR to a folder that is there and may be written to, on a disk with room',
    });
  }
}

/** `act` for each, so many at a time. Rejects with the first that does. */
async function atOnce<T>(count: number, items: readonly T[], act: (item: T) => Promise<void>): Promise<void> {
  const rest = [...items];
  const worker = async (): Promise<void> => {
    for (let item = rest.shift(); item !== undefined; item = rest.shift()) await act(item);
  };
  await Promise.all(Array.from({ length: count }, worker));
}

function objectOf(source: string): string {
  return `${source.replaceAll('/', '-')}.o`;
}

function linkFlags({ memory: { vectors, code, ram }, linkFlags: own, hasMath }: Board): string[] {
  const symbols = { VECTORS: vectors, CODE: code.at, CODE_BYTES: code.bytes, RAM: ram.at, RAM_BYTES: ram.bytes };
  return [
    ...Object.entries(symbols).map(([name, value]) => `-Wl,--defsym=${name}=${value}`),
    '-Tboard/board.ld',
    ...own,
    ...(hasMath ? ['-lm'] : []),
  ];
}

async function sizeOf({ compiler }: Board, object: string): Promise<{ flash: number; ram: number }> {
  const { stdout } = await run(compiler.replace(/gcc$/, 'size'), [object], { encoding: 'utf8' });
  const [code = 0, data = 0, zero = 0] = stdout.trim().split('\n').at(-1)!.trim().split(/\s+/).map(Number);
  return { flash: code + data, ram: data + zero };
}

/** The lines that say what is wrong, of all that a compiler says. */
function notBuilt(board: Board, { stderr, message }: Error & { stderr?: string }): WherryError {
  const lines = (stderr ?? message).split('\n').filter((line) => line.trim() !== '');
  const telling = lines.filter((line) => /error|overflow|undefined|will not fit/i.test(line));
  return new WherryError(boardDiagnostics.BOARD_BUILD, {
    what: (telling.length > 0 ? telling : lines).slice(0, 5).join('; '),
    where: board.name,
    next: 'where a region overflowed, take a smaller model; otherwise report it with the model, as every model that is compiled has to build',
  });
}
