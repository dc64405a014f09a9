// What a project came to when it was tested, as commands leave it: on the terminal, as a document, in files.
import { resolve } from 'node:path';
import { WherryError } from '@wherry/graph';
import type { TestResult } from '@wherry/pipeline';
import { pipelineDiagnostics } from '@wherry/pipeline/tool';
import { leaveOutput } from './leave-output.js';
import type { Interruption } from './terminal/interruption.js';
import { print, type PrintOptions } from './terminal/print.js';

export interface ReportOptions extends PrintOptions {
  readonly junit?: string;
  readonly markdown?: string;
}

/** Forms of the result in files. */
const forms = [
  { option: 'junit', mark: '<?xml' },
  { option: 'markdown', mark: '## deploy test' },
] as const;

/**
 * Before any work, and takes away those of an earlier run: where this one is refused or interrupted, CI would show them as what it
 * came to. Throws REPORT_NOT_OURS, OUTPUT_FAILED.
 */
export async function clearReports(options: ReportOptions): Promise<void> {
  const { removeReport, requireOwnReport } = await import('@wherry/pipeline');
  const { junit, markdown } = options;
  if (junit !== undefined && markdown !== undefined && resolve(junit) === resolve(markdown))
    throw new WherryError(pipelineDiagnostics.REPORT_NOT_OURS, {
      what: '--junit and --markdown name one file',
      where: junit,
      next: 'give each a file of its own',
    });
  for (const { option, mark } of forms) {
    const file = options[option];
    if (file !== undefined) await requireOwnReport(file, { option: `--${option}`, mark });
  }
  for (const { option } of forms) {
    const file = options[option];
    if (file !== undefined) await removeReport(file);
  }
}

/** What cannot be written is told, and the result still is: it is the same whoever reads it. */
export async function writeReports(
  result: TestResult,
  options: ReportOptions,
  interruption: Interruption,
): Promise<void> {
  const { testJunit, testMarkdown, writeReport } = await import('@wherry/pipeline');
  const texts = { junit: testJunit, markdown: testMarkdown };
  for (const { option } of forms) {
    const file = options[option];
    if (file === undefined) continue;
    await leaveOutput(`the result in ${file}`, () => writeReport(file, texts[option](result)), interruption);
  }
}

export async function tellTested(result: TestResult, options: PrintOptions): Promise<void> {
  const { testText } = await import('@wherry/pipeline');
  const { reportStyle, wantsColor } = await import('./terminal/style.js');
  await print(options, result, () => testText(result, reportStyle(wantsColor(process.stdout, process.env))));
}
