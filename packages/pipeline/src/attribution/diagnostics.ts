// What is refused where a loss is to be explained.
import { defineDiagnostics, exitCodes } from '@wherry/graph';

export const attributionDiagnostics = defineDiagnostics({
  EXPLAIN_NOTHING: {
    exitCode: exitCodes.usage,
    title: 'There is no loss to be explained',
    explanation:
      '`deploy explain-accuracy` holds a quantized model against the float model that it is made of, on samples. It needs both, ' +
      'and samples to run them on.',
  },
});
