// Whether what was measured is the runtime that the model was deployed for.
import { diagnose, printable, type Diagnostic } from '@wherry/graph';
import { compiledRuntime } from '@wherry/memory-planner';
import { measureDiagnostics } from './diagnostics.js';
import type { Foretold } from './measured-model.js';
import { notSaid } from './measurement.js';

/** `runtime`: as the firmware calls it. The folder knows only whether the model was for an interpreter. */
export function otherRuntime(runtime: string, foretold: Foretold | undefined): readonly Diagnostic[] {
  const isCompiled = runtime === compiledRuntime;
  if (foretold === undefined || foretold.isCompiled === isCompiled || runtime === notSaid) return [];
  const arena = `whose report foretells an arena of ${foretold.arenaBytes} bytes`;
  return [
    diagnose(
      measureDiagnostics.MEASURED_OTHER_RUNTIME,
      isCompiled
        ? {
            what: `the folder is for an interpreter, ${arena}; what was measured is the model as C, whose kernels are others`,
            next: 'deploy with --runtime compiled-c to use what was measured; for the interpreter write firmware with `deploy agent --runtime tflite-micro`, and measure with --port',
          }
        : {
            what: `the folder is for the model as C, ${arena}; what was measured is ${printable(runtime)}, whose kernels are others`,
            next: 'flash the firmware of `deploy agent --runtime compiled-c` and measure again; or deploy for the interpreter to use what was measured',
          },
    ),
  ];
}
