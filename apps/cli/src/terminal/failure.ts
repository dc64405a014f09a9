// Turns whatever was thrown into what the user reads and the exit code.
import { exitCodes, formatDiagnostic, WherryError, type Diagnostic, type ExitCode } from '@wherry/graph';

export interface Failure {
  readonly exitCode: ExitCode;
  readonly text: string;
  readonly diagnostic: Diagnostic | null;
}

/** A WherryError speaks for itself; anything else is a bug of the tool, and says so with its stack. */
export function describeFailure(error: unknown): Failure {
  if (error instanceof WherryError) {
    const text = `${formatDiagnostic(error.diagnostic)}\n  more  deploy explain ${error.diagnostic.code}`;
    return { exitCode: error.definition.exitCode, text, diagnostic: error.diagnostic };
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return {
    exitCode: exitCodes.bug,
    text: `This is a bug in deploy, not in your model. Report it with the lines below.\n${stack}`,
    diagnostic: null,
  };
}

/** The one document that `--json` prints when a command fails. */
export function failureDocument({ exitCode, text, diagnostic }: Failure): object {
  return { schemaVersion: 1, ok: false, exitCode, error: diagnostic ?? { code: 'BUG', title: 'A bug in deploy', what: text, next: 'report it' } };
}
