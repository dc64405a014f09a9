// The refusals of traces: what was recorded of a line, and does not serve to run it again.
import { defineDiagnostics, exitCodes } from '@wherry/graph';

export const traceDiagnostics = defineDiagnostics({
  TRACE_VERSION: {
    exitCode: exitCodes.usage,
    title: 'The trace is of another version, or no trace',
    explanation:
      'A trace is a file of JSON lines that `--trace` writes; its first line says the version. What it holds are the very calls of ' +
      'the version of the tool that wrote it, so that only such a one runs it again.',
  },
  TRACE_DAMAGED: {
    exitCode: exitCodes.usage,
    title: 'The trace is damaged',
    explanation:
      'Each line of a trace has a checksum that goes on from the line before. A line that is changed, missing, doubled or cut off is ' +
      'found by it, and nothing behind it is used.',
  },
  TRACE_ENDS: {
    exitCode: exitCodes.usage,
    title: 'The trace ends in the middle of the work',
    explanation:
      'What --trace writes is a trace so far at any moment: of a run that was stopped, or whose disk was full, it is the beginning. So is ' +
      'a file that was not copied to its end. A beginning gives no result: the work goes on where nothing is recorded any more.',
  },
  TRACE_DIFFERS: {
    exitCode: exitCodes.usage,
    title: 'The work is not that of the trace',
    explanation:
      'A trace is run again by the same work: the same model, inputs and settings. What is sent is held against what was sent then; ' +
      'at the first difference the replay ends.',
  },
  TRACE_NOT_WRITTEN: {
    exitCode: exitCodes.environment,
    title: 'The trace cannot be written',
    explanation: 'The file cannot be made, or the disk is full. What was measured does not depend on it.',
  },
});
