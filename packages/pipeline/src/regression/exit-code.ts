// How a command that tested a project ends.
import { exitCodes, type ExitCode } from '@wherry/graph';
import { diagnosticCatalogue } from '../diagnostic-catalogue.js';
import type { TestResult } from './test-result.js';

/** That of the first error where nothing moved; of a regression where anything did. */
export function testExitCode({ ok, pairs, obsolete }: TestResult): ExitCode {
  if (ok) return exitCodes.ok;
  const codes = pairs.flatMap(({ error }) => diagnosticCatalogue.filter(({ code }) => code === error?.code));
  const moved = obsolete.length > 0 || pairs.some(({ verdict }) => verdict === 'failed');
  return moved ? exitCodes.regression : (codes[0]?.exitCode ?? exitCodes.bug);
}
