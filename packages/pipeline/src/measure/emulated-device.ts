// An emulated board with the firmware of the profiler around the model: compiled, built, started.
import process from 'node:process';
import { agentProgram } from '@wherry/agent-exporter';
import { compileModel, compilerDiagnostics } from '@wherry/c-compiler';
import { modelNames } from '@wherry/c-source';
import { modelLayout } from '@wherry/device-protocol';
import { agentCommand, boards, buildImage, type Board } from '@wherry/emulated-boards';
import { WherryError } from '@wherry/graph';
import type { DeviceProfile, ProfileLibrary } from '@wherry/profiles';
import { processPort } from '@wherry/serial-profiler';
import { toolVersion } from '../tool.js';
import { measureDiagnostics } from './diagnostics.js';
import type { MeasuredDevice } from './measured-device.js';
import type { MeasuredModel } from './measured-model.js';

const name = 'model';

/** Throws MEASURE_NO_STAND_IN. */
export function standInOf({ standIn, id }: DeviceProfile, library: ProfileLibrary): Board {
  const withAgent = boards.filter(({ agent }) => agent?.counts === true);
  const board = withAgent.find((each) => each.id === standIn);
  if (board !== undefined) return board;
  const others = [...library.targets.values()].filter(({ profile }) =>
    withAgent.some((each) => each.id === profile.standIn),
  );
  throw new WherryError(measureDiagnostics.MEASURE_NO_STAND_IN, {
    what: `no emulated board stands in for ${id}`,
    next: `measure on the device itself with --port; boards are emulated for ${others.map(({ profile }) => profile.id).join(', ')}`,
  });
}

/** Throws COMPILED_KERNEL, BOARD_TOOLS, BOARD_BUILD. */
export async function emulatedDevice(
  board: Board,
  model: MeasuredModel,
  profile: DeviceProfile,
  signal: AbortSignal | undefined,
): Promise<MeasuredDevice> {
  const { files, memory } = compiled(board, model);
  const layout = modelLayout(model.graph);
  const expected = { model: model.sha256, layout, arenaBytes: memory.arena, profile: profile.id };
  const about = { name, names: names(), sha256: model.sha256, layout, arenaBytes: memory.arena, profile: profile.id };
  const agent = agentProgram({ ...about, toolVersion }, board.agent!.port);
  const texts = [...files].map(([file, { text }]) => [file, text] as const);
  const image = await buildImage(board, {
    ...agent,
    files: [...texts, ...agent.files],
    ...(signal !== undefined && { signal }),
  });
  try {
    const { flash } = await image.sizeOf(`${name}.c`);
    const { program, parameters } = agentCommand(board, image.path);
    const port = processPort(program, parameters);
    const close = (): void => {
      process.off('exit', close);
      port.close();
      image.remove();
    };
    process.once('exit', close);
    return { port, expected, emulated: board.name, foretold: { arenaBytes: memory.arena }, modelFlash: flash, close };
  } catch (error) {
    image.remove();
    throw error;
  }
}

const names = (): ReturnType<typeof modelNames> => modelNames({ name, symbol: 'g_model' });

function compiled({ simd, instructionSet }: Board, { graph, path }: MeasuredModel): ReturnType<typeof compileModel> {
  try {
    return compileModel({ graph, simd, instructionSet, names: names(), name, banner: [] });
  } catch (error) {
    if (!(error instanceof WherryError) || error.definition.code !== compilerDiagnostics.COMPILED_KERNEL.code)
      throw error;
    throw new WherryError(
      compilerDiagnostics.COMPILED_KERNEL,
      {
        ...error.details,
        next: `deploy ${path} with --runtime compiled-c, which may rewrite it, and measure the output folder; or measure on the device with --port`,
      },
      { cause: error },
    );
  }
}
