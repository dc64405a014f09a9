// The process: arguments in, exit code out.
import { WherryError } from '@wherry/graph';
import { pipelineDiagnostics } from '@wherry/pipeline/tool';
import { CommanderError } from 'commander';
import { createProgram } from './program.js';
import { describeFailure, failureDocument } from './terminal/failure.js';
import { interruptionOf } from './terminal/interruption.js';
import { deliver, remarksOn } from './terminal/standard-streams.js';

/** Also where the command line could not be parsed, and so before Commander knows. */
const wantsJson = process.argv
  .slice(2, process.argv.indexOf('--') < 0 ? undefined : process.argv.indexOf('--'))
  .includes('--json');

const remarks = remarksOn(process.stderr);
const interruption = interruptionOf(process, (words, exitCode) => {
  remarks.write(`${words}\n`);
  process.exit(exitCode);
});

/** The exit code is that of the first fault: that the document about it cannot be delivered either is only told. */
async function fail(error: unknown): Promise<void> {
  const failure = describeFailure(error);
  process.exitCode = failure.exitCode;
  remarks.write(`${failure.text}\n`);
  if (!wantsJson || isOf(error, pipelineDiagnostics.STDOUT_FAILED)) return;
  const document = `${JSON.stringify(failureDocument(failure), null, 2)}\n`;
  await deliver(process.stdout, document, { isDocument: true }).catch((undelivered: unknown) =>
    remarks.write(`${describeFailure(undelivered).text}\n`),
  );
}

function isOf(error: unknown, definition: WherryError['definition']): boolean {
  return error instanceof WherryError && error.definition === definition;
}

process.on('uncaughtException', (error) => void fail(error).finally(() => process.exit()));

async function run(): Promise<void> {
  let help = '';
  try {
    await createProgram(interruption, (text) => (help += text)).parseAsync(process.argv);
  } catch (error) {
    // `--help` and `--version` end in an error of Commander's that is none.
    if (!(error instanceof CommanderError && error.exitCode === 0)) throw error;
    await deliver(process.stdout, help, { isDocument: false });
  }
}

await run().catch((error: unknown) =>
  fail(isOf(error, pipelineDiagnostics.INTERRUPTED) ? interruption.failure() : error),
);
