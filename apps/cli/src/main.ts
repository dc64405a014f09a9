// The process: arguments in, exit code out, and what Ctrl-C means.
import { exitCodes } from '@wherry/graph';
import { CommanderError } from 'commander';
import { createProgram } from './program.js';
import { describeFailure, failureDocument } from './terminal/failure.js';

// Output goes to a fresh folder that is renamed at the end, so an interrupted run leaves nothing half written.
process.once('SIGINT', () => {
  process.stderr.write('\ninterrupted: nothing was written\n');
  process.exit(exitCodes.interrupted);
});
// A reader that closes early (`| head`) is no fault of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(exitCodes.ok);
  throw error;
});

try {
  await createProgram().parseAsync(process.argv);
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
  } else {
    const failure = describeFailure(error);
    process.exitCode = failure.exitCode;
    process.stderr.write(`${failure.text}\n`);
    if (process.argv.includes('--json')) process.stdout.write(`${JSON.stringify(failureDocument(failure), null, 2)}\n`);
  }
}
