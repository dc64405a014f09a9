// The refusals of the compiler.
import { defineDiagnostics, exitCodes } from '@wherry/graph';

export const compilerDiagnostics = defineDiagnostics({
  COMPILED_KERNEL: {
    exitCode: exitCodes.modelRejected,
    title: 'The compiled runtime has no kernel for a layer',
    explanation:
      'A model is compiled to C only where every layer has a kernel for its types of numbers. The kernels are listed in the ' +
      'table of the runtime compiled-c; what is not there runs on the interpreters of other runtimes.',
  },
});
