// What testing a project came to, as a person reads it on a terminal.
import { counted, formatDiagnostic, printable } from '@wherry/graph';
import { plainStyle, type ReportStyle } from '../report/report-text.js';
import { reportWidth, wrapText } from '../report/wrap-text.js';
import { isFailure, isLoss } from './compare.js';
import { differenceText, nearestText } from './difference-text.js';
import { failures, type TestedPair, type TestResult } from './test-result.js';

/** Metrics that are listed of each link; what moved behind them mostly moved with them. */
const listed = 4;
const indent = '    ';

/** One pair: a line, and what moved below it. */
export function pairLines(pair: TestedPair, style: ReportStyle = plainStyle): string[] {
  const { model, profile, tier, series, verdict, why, metrics } = pair;
  const mark = failures.has(verdict) ? style.warning(verdict) : verdict === 'passed' ? style.good(verdict) : verdict;
  const compared = verdict === 'passed' ? `, ${counted(metrics, 'metric')}` : '';
  const head = `${mark}  ${model} on ${profile}, ${tier}${series === null ? '' : ` (${printable(series)})`}${compared}`;
  return [
    ...wrapText(head, reportWidth, indent),
    ...(why === null ? [] : wrapText(`${indent}${why}`, reportWidth, indent)),
    ...movedLines(pair),
    ...nearestLines(pair),
    ...warningLines(pair, style),
    ...(pair.error === null
      ? []
      : formatDiagnostic(pair.error)
          .split('\n')
          .flatMap((line) => wrapText(`${indent}${line}`, reportWidth, `${indent}        `))),
  ];
}

/** Those of a baseline that holds were looked at when it was written. */
function warningLines({ verdict, warnings }: TestedPair, style: ReportStyle): string[] {
  if (verdict === 'passed') return [];
  return warnings.flatMap(({ code, what }) =>
    wrapText(`${indent}${style.warning(code)}: ${printable(what)}`, reportWidth, `${indent}  `),
  );
}

function movedLines({ differences, moved, verdict }: TestedPair): string[] {
  if (verdict === 'updated' && differences.length > 0) {
    const losses = differences.filter(isLoss);
    const count = `${counted(differences.length, 'metric')} moved`;
    return [count, ...losses.map(differenceText)].flatMap((line) =>
      wrapText(`${indent}${line}`, reportWidth, `${indent}  `),
    );
  }
  const gains = differences.filter((each) => !isFailure(each));
  return [
    ...moved.flatMap((link) =>
      few(differences.filter((each) => each.link === link && isFailure(each)).map(differenceText)),
    ),
    ...few(gains.map(differenceText)),
  ].flatMap((line) => wrapText(`${indent}${line}`, reportWidth, `${indent}  `));
}

/** What is new of a toolchain decides nothing, and is to be looked at all the same. */
function nearestLines({ nearest }: TestedPair): string[] {
  if (nearest === null) return [];
  return [nearestText(nearest), ...few(nearest.differences.map(differenceText))].flatMap((line) =>
    wrapText(`${indent}${line}`, reportWidth, `${indent}  `),
  );
}

function few(lines: readonly string[]): readonly string[] {
  return lines.length <= listed + 1 ? lines : [...lines.slice(0, listed), `and ${lines.length - listed} more of these`];
}

/** What is said below all pairs. Ends without a line feed. */
export function testSummary({ ok, pairs, obsolete, removed }: TestResult, style: ReportStyle = plainStyle): string {
  const count = (...verdicts: readonly TestedPair['verdict'][]): number =>
    pairs.filter(({ verdict }) => verdicts.includes(verdict)).length;
  const parts = (['passed', 'failed', 'error', 'updated', 'new series', 'left out'] as const).flatMap((verdict) =>
    count(verdict) === 0 ? [] : [`${count(verdict)} ${verdict === 'error' ? 'refused' : verdict}`],
  );
  const stale = obsolete.length === 0 ? [] : [`${obsolete.length} obsolete`];
  const all = [...parts, ...stale];
  return [
    ...obsolete.map(
      (name) =>
        `${style.warning('obsolete')}  ${printable(name)}: nothing of the project is compared with it; --update removes it`,
    ),
    ...removed.map((name) => `removed  ${printable(name)}: nothing of the project is compared with it`),
    `${ok ? style.good('ok') : style.warning('not ok')}: ${all.length === 0 ? 'no baseline is obsolete' : all.join(', ')}`,
  ].join('\n');
}

/** Everything. Ends without a line feed. */
export function testText(result: TestResult, style: ReportStyle = plainStyle): string {
  const lines = result.pairs.flatMap((pair) => pairLines(pair, style));
  return [...lines, ...(lines.length === 0 ? [] : ['']), testSummary(result, style)].join('\n');
}
