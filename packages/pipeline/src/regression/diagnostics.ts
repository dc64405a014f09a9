// What is refused, and what is said, of baselines.
import { defineDiagnostics, exitCodes } from '@wherry/graph';

export const regressionDiagnostics = defineDiagnostics({
  BASELINE_INVALID: {
    exitCode: exitCodes.usage,
    title: 'A baseline cannot be read',
    explanation:
      'A baseline is a JSON file that `deploy test --update` writes, one metric a line. It is not meant to be written by hand; ' +
      'where two changes meet in git, take either side and run `deploy test --update` again. A file that cannot be read is not ' +
      'written over: remove it first.',
  },
  BASELINE_UNREADABLE: {
    exitCode: exitCodes.environment,
    title: 'A baseline is there, and the system does not let it be read',
    explanation: 'Permissions of the file or of a folder above it, or a disk that answers with an error.',
  },
  BASELINE_UPDATE_IN_CI: {
    exitCode: exitCodes.usage,
    title: 'Baselines are not written where CI runs',
    explanation:
      'The variable CI is set, so nobody looks at what would be written: a baseline that a machine writes for itself holds nothing. ' +
      'Run `deploy test --update` where you work, look at the difference in git, and commit it.',
  },
  BASELINE_REPLACED: {
    exitCode: exitCodes.usage,
    title: 'Another run had made something else the baseline meanwhile',
    explanation:
      'Two runs of `deploy test --update` measured one pair in one tier at the same time, and came to other figures. The baseline is ' +
      'what the last of them measured; what only one of them measured stands there all the same.',
  },
  TEST_NOTHING: {
    exitCode: exitCodes.usage,
    title: 'Nothing of the project is asked for',
    explanation:
      'The models and profiles that were named have no pair in the project, or none of them has what the tier needs: for `emu` ' +
      'a profile that an emulated board stands in for, for `hw` exactly one profile, that of the device at the port.',
  },
  TEST_DIFFERENT: {
    exitCode: exitCodes.regression,
    title: 'A device does not compute what the integer reference does',
    explanation:
      'Whatever the baseline says: some layer leaves other numbers on the device or on the emulated board than on this machine. ' +
      '`deploy measure` shows which layer, and from where on.',
  },
});
