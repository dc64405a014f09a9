// What was warned of: a warning that comes or goes is a change that somebody is to look at.
import type { Diagnostic } from '@wherry/graph';
import { exact, type Metric } from '../metric.js';

export function warningMetric(warnings: readonly Diagnostic[]): Metric {
  return exact(
    'numbers.warnings',
    warnings
      .map(({ code }) => code)
      .sort()
      .join(', '),
  );
}
