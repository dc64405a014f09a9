// What was warned of: a warning that comes or goes, or is of another layer, is a change that somebody is to look at.
import type { Diagnostic } from '@wherry/graph';
import { exact, type Metric } from '../metric.js';

/** `layers`: by their names. Places that are none of them are files, which may lie anywhere. */
export function warningMetric(warnings: readonly Diagnostic[], layers: ReadonlySet<string>): Metric {
  const wordsOf = ({ code, where }: Diagnostic): string =>
    where !== undefined && layers.has(where.replace(/ and \d+ more$/, '')) ? `${code} at ${where}` : code;
  return exact('numbers.warnings', warnings.map(wordsOf).sort().join(', '));
}
