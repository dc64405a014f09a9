// The process: arguments in, exit code out.
import { WherryError } from '@wherry/graph';
import { pipelineDiagnostics } from '@wherry/pipeline';
import { CommanderError } from 'commander';
import { createProgram } from './program.js';
import { describeFailure, failureDocument } from './terminal/failure.js';
import { interruptionOf } from './terminal/interruption.js';

/** Also where the command line could not be parsed, and so before Commander knows. */
const wantsJson = process.argv
  .slice(2, process.argv.indexOf('--') < 0 ? undefined : process.argv.indexOf('--'))
  .includes('--json');

function fail(error: unknown): void {
  const failure = describeFailure(error);
  process.exitCode = failure.exitCode;
  process.stderr.write(`${failure.text}\n`);
  if (wantsJson) process.stdout.write(`${JSON.stringify(failureDocument(failure), null, 2)}\n`);
}

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // A reader that closes early (`| head`) is no fault of ours.
  if (error.code === 'EPIPE') process.exit();
  const failure = describeFailure(
    new WherryError(
      pipelineDiagnostics.STDOUT_FAILED,
      { what: `standard output refuses: ${error.code ?? error.message}`, next: 'check what it leads to' },
      { cause: error },
    ),
  );
  process.stderr.write(`${failure.text}\n`);
  process.exit(failure.exitCode);
});
process.on('uncaughtException', (error) => {
  fail(error);
  process.exit();
});

try {
  await createProgram(interruptionOf(process, (code) => process.exit(code))).parseAsync(process.argv);
} catch (error) {
  // `--help` and `--version` end in an error of Commander's that is none.
  if (!(error instanceof CommanderError && error.exitCode === 0)) fail(error);
}
