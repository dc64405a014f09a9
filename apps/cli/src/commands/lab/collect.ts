// `deploy lab collect`: waits for the results of a project's jobs, and gives them as `deploy test` does.
import { Command } from 'commander';
import type { Interruption } from '../../terminal/interruption.js';
import { upToAnHour } from '../../terminal/positive-number.js';
import { clearReports, tellTested, writeReports, type ReportOptions } from '../../test-reports.js';
import { requestOf, withJobs, withRedis, type LabOptions } from './lab-options.js';

interface CollectOptions extends LabOptions, ReportOptions {
  readonly wait?: number;
  readonly failOnNewSeries?: boolean;
  readonly quiet?: boolean;
}

/** In seconds. */
const longestWait = 3600;

export function collectCommand(interruption: Interruption): Command {
  return withJobs(new Command('collect'))
    .description('wait for the results of the jobs, and end as `deploy test` does')
    .option('--wait <seconds>', 'for all of them (default 3600)', upToAnHour)
    .option('--fail-on-new-series', 'fail where the baseline does not hold the toolchain or the firmware')
    .option('--junit <file>', 'also write the result as JUnit XML')
    .option('--markdown <file>', 'also write the result as Markdown')
    .option('-q, --quiet', 'no progress')
    .action((models: readonly string[], options: CollectOptions) => collect(models, options, interruption));
}

async function collect(models: readonly string[], options: CollectOptions, interruption: Interruption): Promise<void> {
  const { testExitCode } = await import('@wherry/pipeline');
  const { withProgress } = await import('../../run-deployment.js');
  await clearReports(options);
  const { wait = longestWait, failOnNewSeries } = options;
  const result = await withRedis(options, (lab, connection) =>
    withProgress(options, async (progress) => {
      let isBegun = false;
      const told = (done: number, all: number): void => {
        if (!isBegun) progress.begin('collect', all);
        isBegun = true;
        progress.advance(done);
      };
      const { signal } = interruption;
      const found = await lab.collectProject(connection, requestOf(models, options), {
        ...{ signal, waitMs: 1000 * wait, told, failOnNewSeries },
      });
      progress.end();
      return found;
    }),
  );
  process.exitCode = testExitCode(result);
  await writeReports(result, options, interruption);
  await tellTested(result, options);
}
