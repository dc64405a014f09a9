// A compiled model as a program of a board: built, run, and what it prints.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileModel } from '@wherry/c-compiler';
import { modelNames } from '@wherry/c-source';
import { byteLength, elementCount, tensorAt, type Graph } from '@wherry/graph';
import type { Board } from './boards.js';

const firmware = join(import.meta.dirname, 'firmware');

/** Programs of firmware/, with what they look at layers by. */
const hooksOf = { 'layers.c': 'hash-hooks.h', 'count.c': null, 'layer-counts.c': 'count-hooks.h' } as const;

export interface BoardProgram {
  readonly main: keyof typeof hooksOf;
  readonly graph: Graph;
  readonly runs: number;
  readonly level?: string;
}

export interface Printed {
  readonly numbers: readonly number[];
  /** Bytes of the model's code and constants, and of what it writes to. */
  readonly model: { readonly flash: number; readonly ram: number };
}

/** Throws with the words of the compiler, or where the board does not end within ten minutes. */
export function runOnBoard(board: Board, program: BoardProgram): Printed {
  const folder = mkdtempSync(join(tmpdir(), 'wherry-board-'));
  try {
    writeModel(folder, board, program);
    const file = hooksOf[program.main];
    const hooks = file === null ? [] : [`-DG_MODEL_HOOKS="${file}"`];
    const flags = [
      ...board.flags,
      program.level ?? '-O2',
      '-std=c99',
      '-ffunction-sections',
      `-I${folder}`,
      `-I${firmware}`,
    ];
    const compile = (file: string, object: string): void =>
      check(board.compiler, [...flags, ...hooks, '-c', file, '-o', join(folder, object)]);
    compile(join(folder, 'model.c'), 'model.o');
    compile(join(firmware, program.main), 'main.o');
    compile(join(firmware, board.start), 'start.o');
    const elf = join(folder, 'program.elf');
    const objects = ['start.o', 'main.o', 'model.o'].map((file) => join(folder, file));
    check(board.compiler, [...objects, ...linkFlags(board), '-o', elf]);
    const { stdout, stderr, status } = spawnSync(board.emulator, [...board.emulatorFlags, '-kernel', elf], {
      encoding: 'utf8',
      timeout: 600_000,
      input: '',
    });
    // Semihosting prints on the emulator's stderr, a serial line on its stdout.
    const printed = `${stdout}${stderr}`;
    if (status !== 0) throw new Error(`${board.name} ended with ${status}: ${printed}`);
    return { numbers: printed.trim().split(/\s+/).map(Number), model: sizeOf(board, join(folder, 'model.o')) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function writeModel(folder: string, { simd }: Board, { graph, runs }: BoardProgram): void {
  const names = modelNames({ name: 'model', symbol: 'g_model' });
  const { files } = compileModel({ graph, simd, names, name: 'model', banner: [] });
  for (const [file, { text }] of files) writeFileSync(join(folder, file), text);
  const fills = graph.inputs.map((id, at) => {
    const { dtype, shape } = tensorAt(graph, id);
    return `fill(g_model_input_${at}(), ${byteLength(dtype, elementCount(shape))}u, run);`;
  });
  const outputs = graph.nodes.reduce((sum, node) => sum + node.outputs.length, 0);
  writeFileSync(
    join(folder, 'program.h'),
    `#define RUNS ${runs}u\n#define OUTPUTS ${outputs}u\n#define FILL_INPUTS(fill, run) ${fills.join(' ')}\n`,
  );
}

export function linkFlags({ memory: { vectors, code, ram }, linkFlags: own }: Board): string[] {
  const symbols = { VECTORS: vectors, CODE: code.at, CODE_BYTES: code.bytes, RAM: ram.at, RAM_BYTES: ram.bytes };
  return [
    ...Object.entries(symbols).map(([name, value]) => `-Wl,--defsym=${name}=${value}`),
    `-T${join(firmware, 'board.ld')}`,
    ...own,
  ];
}

/** Throws with the words of the tool where it fails. */
export function check(tool: string, parameters: readonly string[]): void {
  const { status, stderr } = spawnSync(tool, parameters, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${tool} ${parameters.join(' ')}\n${stderr}`);
}

function sizeOf({ compiler }: Board, object: string): Printed['model'] {
  const text = execFileSync(compiler.replace(/gcc$/, 'size'), [object], { encoding: 'utf8' });
  const [code, data, zero] = text.trim().split('\n').at(-1)!.trim().split(/\s+/).map(Number) as [
    number,
    number,
    number,
  ];
  return { flash: code + data, ram: data + zero };
}
