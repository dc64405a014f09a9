// Ctrl-C and other requests to stop: the first asks the run to stop in good order, the second does not ask.
import { exitCodes, WherryError } from '@wherry/graph';
import { pipelineDiagnostics } from '@wherry/pipeline';

/** `emitter` is the process. The signal's reason is a WherryError with the exit code for it. */
export function interruptionOf(emitter: NodeJS.EventEmitter, exit: (code: number) => void): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    emitter.on(name, () => {
      if (controller.signal.aborted) exit(exitCodes.interrupted);
      controller.abort(
        new WherryError(pipelineDiagnostics.INTERRUPTED, {
          what: `${name} came before the output was complete; nothing was written`,
          next: 'run the same command again',
        }),
      );
    });
  }
  return controller.signal;
}
