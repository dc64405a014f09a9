// Turns whatever was thrown into what the user reads and the exit code.
import {
  formatDiagnostic,
  isMemoryExhausted,
  memoryExhausted,
  WherryError,
  type Diagnostic,
  type ExitCode,
} from '@wherry/graph';
import { pipelineDiagnostics, wrapText } from '@wherry/pipeline/tool';
import { CommanderError } from 'commander';

export interface Failure {
  readonly exitCode: ExitCode;
  readonly text: string;
  readonly diagnostic: Diagnostic;
}

const lineWidth = 100;
/** Under the words of `  next  ...`. */
const indent = ' '.repeat(8);

/** A WherryError speaks for itself; anything else is a bug of the tool, and says so with its stack. */
export function describeFailure(error: unknown): Failure {
  if (error instanceof CommanderError) return describeFailure(usageError(error));
  if (isMemoryExhausted(error)) return describeFailure(memoryExhausted(error));
  if (error instanceof WherryError) {
    const { diagnostic } = error;
    const lines = [
      ...formatDiagnostic(diagnostic).split('\n').flatMap(items),
      `  more  deploy explain ${diagnostic.code}`,
    ];
    const text = lines.flatMap((line) => wrapText(line, lineWidth, indent)).join('\n');
    return { exitCode: error.definition.exitCode, text, diagnostic };
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const { BUG } = pipelineDiagnostics;
  return {
    exitCode: BUG.exitCode,
    text: `${BUG.title}. Report it with the lines below.\n${stack}\n  more  deploy explain BUG`,
    diagnostic: { code: BUG.code, title: BUG.title, what: stack, next: 'report it with what "what" says' },
  };
}

/** A long enumeration reads better with an item a line. */
function items(line: string): string[] {
  return line.length <= 3 * lineWidth
    ? [line]
    : line.split('; ').map((item, position) => (position === 0 ? item : `${indent}${item}`));
}

/** The one document that `--json` prints when a command fails. */
export function failureDocument({ exitCode, diagnostic }: Failure): object {
  return { schemaVersion: 1, ok: false, exitCode, error: diagnostic };
}

/** Commander's words in our form: `error: unknown option '--profil'` and, on a second line, `(Did you mean --profile?)`. */
function usageError({ code, message }: CommanderError): WherryError {
  // `deploy help WORD` of a word that is none.
  if (code === 'commander.help')
    return usageError(new CommanderError(2, 'commander.error', 'there is no such command'));
  const [first, ...rest] = message.replace(/^error: /, '').split('\n');
  const suggestion = rest.join(' ').replace(/^\(|\)$/g, '');
  return new WherryError(pipelineDiagnostics.ARGUMENTS_INVALID, {
    what: first!.replace(/\.$/, ''),
    where: 'the command line',
    next:
      suggestion === ''
        ? '`deploy --help` and `deploy COMMAND --help` show what there is'
        : suggestion.replace(/^D/, 'd'),
  });
}
