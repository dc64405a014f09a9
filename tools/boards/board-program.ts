// A compiled model as a program of a board that counts its instructions: built, run, and what it prints.
import { compileModel } from '@wherry/c-compiler';
import { modelNames } from '@wherry/c-source';
import type { Board } from '@wherry/emulated-boards';
import { byteLength, elementCount, tensorAt, type Graph } from '@wherry/graph';
import { runPrinting } from './board-run.js';

/** Programs of firmware/, with what they look at layers by. */
const hooksOf = { 'count.c': null, 'layer-counts.c': 'count-hooks.h' } as const;

export interface ModelProgram {
  readonly main: keyof typeof hooksOf;
  readonly graph: Graph;
}

export interface Printed {
  readonly numbers: readonly number[];
  /** Bytes of the model's code and constants, and of what it writes to. */
  readonly model: { readonly flash: number; readonly ram: number };
}

/** Throws with the words of the compiler, or where the board does not end within ten minutes. */
export async function runOnBoard(board: Board, program: ModelProgram): Promise<Printed> {
  const hooks = hooksOf[program.main];
  const { numbers, asked } = await runPrinting(
    board,
    {
      files: modelFiles(board, program),
      sources: [program.main, 'model.c'],
      flags: hooks === null ? [] : [`-DG_MODEL_HOOKS="${hooks}"`],
      seconds: 600,
    },
    (image) => image.sizeOf('model.c'),
  );
  return { numbers, model: asked };
}

function modelFiles({ simd, instructionSet }: Board, { graph }: ModelProgram): readonly (readonly [string, string])[] {
  const names = modelNames({ name: 'model', symbol: 'g_model' });
  const { files } = compileModel({ graph, simd, instructionSet, names, name: 'model', banner: [] });
  const fills = graph.inputs.map((id, at) => {
    const { dtype, shape } = tensorAt(graph, id);
    return `fill(g_model_input_${at}(), ${byteLength(dtype, elementCount(shape))}u, run);`;
  });
  const settings = `#define FILL_INPUTS(fill, run) ${fills.join(' ')}\n`;
  return [...[...files].map(([file, { text }]) => [file, text] as const), ['program.h', settings]];
}
