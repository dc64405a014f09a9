// An emulated board with the firmware of the profiler around the model: built, started.
import { agentCommand, buildImage, requireMath, tethered, type Board } from '@wherry/emulated-boards';
import { WherryError } from '@wherry/graph';
import type { DeviceProfile, ProfileLibrary } from '@wherry/profiles';
import { emulatedPort, systemTime } from '@wherry/serial-profiler';
import { agentFirmware } from './agent-firmware.js';
import { boardFor, countingBoards } from './counting-boards.js';
import { chance } from './device-at-port.js';
import { measureDiagnostics } from './diagnostics.js';
import { orElsewhere } from './kernels-elsewhere.js';
import { coreFor, type KernelSet } from './kernel-choice.js';
import type { MeasuredDevice } from './measured-device.js';
import type { MeasureTarget } from './measure-target.js';
import type { MeasuredModel } from './measured-model.js';

/** Throws MEASURE_NO_STAND_IN. */
export function standInOf(profile: DeviceProfile, library: ProfileLibrary): Board {
  const board = boardFor(profile);
  if (board !== undefined) return board;
  const others = [...library.targets.values()].filter((each) => boardFor(each.profile) !== undefined);
  throw new WherryError(measureDiagnostics.MEASURE_NO_STAND_IN, {
    what: `no emulated board stands in for ${profile.id}`,
    next: `measure on the device itself with --port; boards are emulated for ${others.map(({ profile }) => profile.id).join(', ')}`,
  });
}

/** The device may have room where the board that stands in for it has none. */
function refuseRoom(error: unknown, board: Board, { profile: { id }, library }: MeasureTarget): never {
  const { name, memory } = board;
  const overflows =
    error instanceof WherryError && error.definition.code === 'BOARD_BUILD' && /overflowed by/.test(error.details.what);
  if (!overflows) throw error;
  const roomier = profileWithMore(board, library);
  throw new WherryError(
    measureDiagnostics.MEASURE_STAND_IN_ROOM,
    {
      what: `the model and the agent do not go into the ${memory.code.bytes} bytes of flash and ${memory.ram.bytes} of RAM of ${name}, which stands in for ${id}`,
      next: `measure on the device itself with --port${roomier === undefined ? '' : `, or on a larger board of a core with the same kernels, --profile ${roomier}`}`,
    },
    { cause: error },
  );
}

/** One whose stand-in has the same vector unit, and more of both memories. */
function profileWithMore({ simd, memory }: Board, library: ProfileLibrary): string | undefined {
  const larger = countingBoards.filter(
    (each) =>
      each.simd === simd && each.memory.ram.bytes > memory.ram.bytes && each.memory.code.bytes > memory.code.bytes,
  );
  return [...library.targets.values()].find(({ profile }) => larger.some(({ id }) => id === profile.standIn))?.profile
    .id;
}

/** Throws COMPILED_KERNEL, BOARD_TOOLS, BOARD_BUILD, MEASURE_STAND_IN_ROOM. */
export async function emulatedDevice(
  board: Board,
  kernels: KernelSet,
  model: MeasuredModel,
  target: MeasureTarget,
  signal: AbortSignal | undefined,
): Promise<MeasuredDevice> {
  const core = coreFor(kernels, board);
  const { expected, modelSource, callsMath, ...program } = orElsewhere(model, target, () =>
    agentFirmware(model, core, board.agent!.port, target.profile.id),
  );
  if (callsMath) requireMath(board);
  // Instructions are counted of one inference: a board that has no room for its inputs twice is none that has too little.
  const flags = [...program.flags, '-DWHERRY_KEEPS_INPUTS=0'];
  const image = await buildImage(board, { ...program, flags, ...(signal !== undefined && { signal }) }).catch(
    (error: unknown) => refuseRoom(error, board, target),
  );
  try {
    const { flash, ram } = await image.sizeOf(modelSource);
    const { program: emulator, parameters } = tethered(agentCommand(board, image.path), image.folder);
    const port = emulatedPort(board.emulator, emulator, parameters);
    const close = (): void => {
      port.close();
      image.remove();
    };
    return {
      line: { port, time: systemTime, number: chance },
      expected,
      emulated: board.name,
      kernels,
      foretold: { arenaBytes: expected.arenaBytes, isCompiled: true },
      modelFlash: flash,
      modelRam: ram,
      close,
    };
  } catch (error) {
    image.remove();
    throw error;
  }
}
