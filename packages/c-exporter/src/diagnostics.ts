// The refusals of the C export.
import { defineDiagnostics, exitCodes } from '@wherry/graph';

export const exportDiagnostics = defineDiagnostics({
  EXPORT_SYMBOL: {
    exitCode: exitCodes.usage,
    title: 'The symbol cannot be a name in C and C++',
    explanation:
      'A symbol is letters, digits and underscores, does not start with a digit, is no keyword of C or C++, has no two ' +
      'underscores in a row and does not start with an underscore and a capital (both languages keep those for themselves), ' +
      'and leaves room for the endings of the names made from it.',
  },
  EXPORT_MODEL: {
    exitCode: exitCodes.modelRejected,
    title: 'The model cannot be put into C',
    explanation:
      'The export wants a model of at least one byte, per-tensor quantization on integer inputs and outputs, and a name of a ' +
      'resolver method for every operator.',
  },
});
