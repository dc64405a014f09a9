// A compiled model as a program of a board: built, run, and what it prints.
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { compileModel } from '@wherry/c-compiler';
import { modelNames } from '@wherry/c-source';
import { buildImage, programCommand, type Board } from '@wherry/emulated-boards';
import { byteLength, elementCount, tensorAt, type Graph } from '@wherry/graph';

const firmware = join(import.meta.dirname, 'firmware');
const run = promisify(execFile);

/** Programs of firmware/, with what they look at layers by. */
const hooksOf = { 'layers.c': 'hash-hooks.h', 'count.c': null, 'layer-counts.c': 'count-hooks.h' } as const;

export interface ModelProgram {
  readonly main: keyof typeof hooksOf;
  readonly graph: Graph;
  readonly runs: number;
}

export interface Printed {
  readonly numbers: readonly number[];
  /** Bytes of the model's code and constants, and of what it writes to. */
  readonly model: { readonly flash: number; readonly ram: number };
}

/** Throws with the words of the compiler, or where the board does not end within ten minutes. */
export async function runOnBoard(board: Board, program: ModelProgram): Promise<Printed> {
  const hooks = hooksOf[program.main];
  const image = await buildImage(board, {
    files: [...modelFiles(board, program), ...firmwareSources()],
    sources: [program.main, 'model.c'],
    flags: ['-I.', ...(hooks === null ? [] : [`-DG_MODEL_HOOKS="${hooks}"`])],
  });
  try {
    const { program: emulator, parameters } = programCommand(board, image.path);
    const running = run(emulator, parameters, { encoding: 'utf8', timeout: 600_000 });
    running.child.stdin?.end();
    const { stdout, stderr } = await running;
    // Semihosting prints on the emulator's stderr, a serial line on its stdout.
    const printed = `${stdout}${stderr}`;
    return { numbers: printed.trim().split(/\s+/).map(Number), model: await image.sizeOf('model.c') };
  } finally {
    image.remove();
  }
}

function firmwareSources(): readonly (readonly [string, string])[] {
  return readdirSync(firmware).map((name) => [name, readFileSync(join(firmware, name), 'utf8')] as const);
}

function modelFiles(
  { simd, instructionSet }: Board,
  { graph, runs }: ModelProgram,
): readonly (readonly [string, string])[] {
  const names = modelNames({ name: 'model', symbol: 'g_model' });
  const { files } = compileModel({ graph, simd, instructionSet, names, name: 'model', banner: [] });
  const fills = graph.inputs.map((id, at) => {
    const { dtype, shape } = tensorAt(graph, id);
    return `fill(g_model_input_${at}(), ${byteLength(dtype, elementCount(shape))}u, run);`;
  });
  const outputs = graph.nodes.reduce((sum, node) => sum + node.outputs.length, 0);
  const settings = `#define RUNS ${runs}u\n#define OUTPUTS ${outputs}u\n#define FILL_INPUTS(fill, run) ${fills.join(' ')}\n`;
  return [...[...files].map(([file, { text }]) => [file, text] as const), ['program.h', settings]];
}
