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
  EXPLAIN_OTHER_MODEL: {
    exitCode: exitCodes.usage,
    title: 'The float model is not the one that the quantized model was made of',
    explanation:
      'A loss is explained by what quantization did to a float model, layer by layer. Beside another network that means nothing, ' +
      'also where both do the same task. The weights tell: rounded to 4 bits, cut off or trained on with the integers in ' +
      'place, they still point where those of their own float model do; weights of another training do not. Where fewer than half ' +
      'of them do, and the outputs are not close either, the pair is refused.',
  },
  REMEDY_NONE: {
    exitCode: exitCodes.regression,
    title: 'No setting that was tried helps beyond chance',
    explanation:
      '`deploy explain-accuracy --apply` deploys with the setting that gains most on samples that it was not made from. Where none ' +
      'gains more than chance may have made, nothing is written.',
  },
});
