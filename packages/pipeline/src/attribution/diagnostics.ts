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
  REMEDY_NONE: {
    exitCode: exitCodes.regression,
    title: 'No setting that was tried helps beyond chance',
    explanation:
      '`deploy explain-accuracy --apply` deploys with the setting that gains most on samples that it was not made from. Where none ' +
      'gains more than chance may have made, nothing is written.',
  },
});
