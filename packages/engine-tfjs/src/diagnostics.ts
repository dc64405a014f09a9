// The refusals of the float engine.
import { defineDiagnostics, exitCodes } from '@wherry/graph';

export const engineDiagnostics = defineDiagnostics({
  ENGINE_UNAVAILABLE: {
    exitCode: exitCodes.environment,
    title: 'The float engine that was asked for cannot be loaded',
    explanation:
      'Float graphs run on the WebAssembly backend of TensorFlow.js, which every supported Node can load. The native backend ' +
      '(`@tensorflow/tfjs-node`) is an optional dependency: its library is downloaded when it is installed, and on machines ' +
      'where that failed it is not there. Results are the same up to float rounding.',
  },
});
