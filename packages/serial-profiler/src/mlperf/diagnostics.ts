// The refusals of the text dialect that boards for MLPerf Tiny speak.
import { defineDiagnostics, exitCodes } from '@wherry/graph';

export const mlperfDiagnostics = defineDiagnostics({
  MLPERF_REFUSED: {
    exitCode: exitCodes.deviceWrong,
    title: 'The device refuses a command of MLPerf Tiny',
    explanation:
      'Firmware for MLPerf Tiny answers commands such as `name%`, `db load N%` and `infer N W%` in lines of text; a line that begins ' +
      'with `e-` is its refusal. It may have been built for another size of input, or without a command.',
  },
  MLPERF_CONTRADICTS: {
    exitCode: exitCodes.deviceWrong,
    title: 'What the device answers is not what MLPerf Tiny has it answer',
    explanation:
      'The text has no checksum, so each answer is held against what it has to be: the bytes loaded are read back, times and results ' +
      'have to be there, in the form that the benchmark prints. Nothing else is taken for a measurement.',
  },
  MLPERF_UNSEEN: {
    exitCode: exitCodes.unsupported,
    title: 'The outputs are too small for what the device prints',
    explanation:
      'Results are printed with three digits behind the point. Where all that the model gives is below that, every device prints zeros, ' +
      'and a faulty one as well.',
  },
  MLPERF_NO_TIME: {
    exitCode: exitCodes.deviceWrong,
    title: 'The device prints no times',
    explanation:
      'Firmware that is built to measure energy marks times on a pin instead of printing them. For latencies it is built for ' +
      'performance (`EE_CFG_ENERGY_MODE` 0).',
  },
});
