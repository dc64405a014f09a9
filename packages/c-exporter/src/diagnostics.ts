// The refusals of the C export.
import { defineDiagnostics, exitCodes } from '@wherry/graph';

export const exportDiagnostics = defineDiagnostics({
  EXPORT_MODEL: {
    exitCode: exitCodes.modelRejected,
    title: 'The model cannot be put into C',
    explanation:
      'The export wants a model of at least one byte, per-tensor quantization on integer inputs and outputs, and a name of a ' +
      'resolver method for every operator.',
  },
});
