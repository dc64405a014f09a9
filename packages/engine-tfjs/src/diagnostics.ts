// The refusals of the float engine.
import { defineDiagnostics, exitCodes } from '@wherry/graph';

export const engineDiagnostics = defineDiagnostics({
  ENGINE_UNAVAILABLE: {
    exitCode: exitCodes.environment,
    title: 'The float engine that was asked for cannot be loaded',
    explanation:
      'Float graphs run on the WebAssembly backend of TensorFlow.js, which every supported Node can load. The native backend ' +
      '(`@tensorflow/tfjs-node`) is optional and faster: its library is downloaded when it is installed, and on machines where ' +
      'that failed it is not there. `deploy doctor` says what is. Results are the same up to float rounding.',
  },
  GRADIENT_UNAVAILABLE: {
    exitCode: exitCodes.unsupported,
    title: 'A layer stands between the loss and what is to be trained, and has no gradient',
    explanation:
      'Training needs the derivative of every operator between a weight and the outputs. Operators that the float engine runs on ' +
      'the plain reference kernels (recurrent layers, look-ups, resizing, type conversions) give values only. Weights behind such a ' +
      'layer can be trained, those before it cannot.',
  },
});
