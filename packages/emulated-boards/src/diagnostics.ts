// The refusals of building for an emulated board.
import { defineDiagnostics, exitCodes } from '@wherry/graph';

export const boardDiagnostics = defineDiagnostics({
  BOARD_TOOLS: {
    exitCode: exitCodes.usage,
    title: 'A tool that an emulated board needs is not there',
    explanation:
      'Programs for an emulated board are compiled by a cross compiler of GCC and run by an emulator. Both are packages of usual ' +
      'distributions; the tool brings neither.',
  },
  BOARD_FOLDER: {
    exitCode: exitCodes.environment,
    title: 'There is no room for temporary files',
    explanation:
      'A program for an emulated board is built in a folder of its own among the temporary files of the system.',
  },
  BOARD_MATH: {
    exitCode: exitCodes.unsupported,
    title: 'The emulated board has no library for real numbers',
    explanation:
      'Some layers on real numbers call functions of math.h. The toolchain of the board, as distributions have it, comes without a ' +
      'library of C, and what was computed by another one would not be what the device computes.',
  },
  BOARD_BUILD: {
    exitCode: exitCodes.linkFailed,
    title: 'The program for the emulated board was not built',
    explanation:
      'The compiler or the linker refused it, with the words shown. A model that does not fit into the memory of the board is the usual ' +
      'cause: then the linker names the region that overflowed.',
  },
});
