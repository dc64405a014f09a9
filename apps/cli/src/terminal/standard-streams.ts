// The two streams of the process, which can be closed or full: an answer that cannot be delivered is an error, a remark is not.
import { WherryError } from '@wherry/graph';
import { pipelineDiagnostics } from '@wherry/pipeline/tool';

/** What is written to of the process. */
export interface OutStream {
  write(text: string, done: (error?: Error | null) => void): unknown;
  on(event: 'error', heard: () => void): unknown;
}

/** Where progress, remarks and errors go. Nobody may listen there, and a run does not end because of that. */
export function remarksOn(stream: OutStream): { write(text: string): void } {
  // A closed pipe is told by an event, a full device by an exception.
  stream.on('error', () => undefined);
  return {
    write: (text) => {
      try {
        stream.write(text, () => undefined);
      } catch {
        // There is no other place to tell it.
      }
    },
  };
}

/**
 * Delivers an answer, whole. `inPlace`: what the command has written elsewhere, for the error. Throws STDOUT_FAILED; a
 * reader of text that has had enough (`| head`) is no fault of ours.
 */
export async function deliver(
  stream: OutStream,
  text: string,
  { isDocument, inPlace }: { readonly isDocument: boolean; readonly inPlace?: string | undefined },
): Promise<void> {
  stream.on('error', () => undefined);
  const error = await new Promise<Error | null | undefined>((done) => {
    try {
      stream.write(text, done);
    } catch (thrown) {
      done(thrown as Error);
    }
  });
  if (error !== null && error !== undefined) refuse(error, isDocument, inPlace);
}

function refuse(error: NodeJS.ErrnoException, isDocument: boolean, inPlace: string | undefined): void {
  const { code } = error;
  if ((code === 'EPIPE' || code === 'EOF') && !isDocument) return;
  const rest = inPlace === undefined ? '' : `; ${inPlace} was written, whole`;
  throw new WherryError(
    pipelineDiagnostics.STDOUT_FAILED,
    {
      what: `the answer was not delivered: the standard output ${faults[String(code)] ?? `refuses it (${code ?? error.message})`}${rest}`,
      next: inPlace === undefined ? 'check what the output of the command leads to' : 'read report.json there',
    },
    { cause: error },
  );
}

const faults: { readonly [code: string]: string } = {
  EPIPE: 'was closed by its reader (EPIPE)',
  // As Windows says it.
  EOF: 'was closed by its reader (EOF)',
  ENOSPC: 'leads to a disk or device that is full (ENOSPC)',
  EIO: 'leads to a terminal or disk that is gone (EIO)',
};
