// Ends a run that was refused with a report: the report on stdout, the error on stderr, its exit code, and nothing written.
import type { Refused } from '@wherry/pipeline';
import { terminalReport } from './run-deployment.js';
import { describeFailure } from './terminal/failure.js';
import { print, type PrintOptions } from './terminal/print.js';
import { remarksOn } from './terminal/standard-streams.js';

/** The exit code stays that of the refusal where the report cannot be delivered: that is only told. */
export async function tellRefusal({ refusal, report }: Refused, options: PrintOptions): Promise<void> {
  const remarks = remarksOn(process.stderr);
  const { exitCode, text } = describeFailure(refusal);
  process.exitCode = exitCode;
  await print(options, report, () => terminalReport(report)).catch((undelivered: unknown) =>
    remarks.write(`${describeFailure(undelivered).text}\n`),
  );
  remarks.write(`${text}\n`);
}
