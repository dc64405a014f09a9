// Ends a run that was refused with a report: the report on stdout, the error on stderr, its exit code, and no output written.
import type { Refused } from '@wherry/pipeline';
import { terminalReport } from './run-deployment.js';
import type { Interruption } from './terminal/interruption.js';
import { describeFailure } from './terminal/failure.js';
import { print, type PrintOptions } from './terminal/print.js';
import { remarksOn } from './terminal/standard-streams.js';

/** The exit code stays that of the refusal where the report cannot be delivered: that is only told. */
export async function tellRefusal(
  { refusal, report }: Refused,
  options: PrintOptions,
  { done }: Pick<Interruption, 'done'>,
): Promise<void> {
  const remarks = remarksOn(process.stderr);
  const { exitCode, text } = describeFailure(refusal);
  process.exitCode = exitCode;
  await print(options, report, () => terminalReport(report, { written: done })).catch((undelivered: unknown) =>
    remarks.write(`${describeFailure(undelivered).text}\n`),
  );
  remarks.write(`${text}\n`);
}
