// What testing a project came to, as Markdown: for the summary of a CI run, or a comment on a change.
import { differenceText, nearestText } from './difference-text.js';
import { testSummary } from './test-text.js';
import type { TestedPair, TestResult } from './test-result.js';

const head = [
  '| model | profile | tier | verdict | first link that moved | metrics |',
  '| ----- | ------- | ---- | ------- | --------------------- | ------: |',
] as const;

export function testMarkdown(result: TestResult): string {
  const { pairs } = result;
  return [
    '## deploy test',
    '',
    ...testSummary(result).split('\n').map(plain),
    '',
    ...(pairs.length === 0 ? [] : [...head, ...pairs.map(row), '']),
    ...pairs.flatMap(details),
  ]
    .join('\n')
    .trimEnd()
    .concat('\n');
}

function row({ model, profile, tier, series, verdict, moved, metrics }: TestedPair): string {
  const cells = [
    model,
    profile,
    series === null ? tier : `${tier}: ${series}`,
    verdict,
    moved[0] ?? '',
    String(metrics),
  ];
  return `| ${cells.map(plain).join(' | ')} |`;
}

function details({ model, profile, tier, why, differences, nearest, error, verdict }: TestedPair): readonly string[] {
  const lines = error === null ? differences.map(differenceText) : [`${error.code}: ${error.what}`];
  if (lines.length === 0 && why === null) return [];
  return [
    `### ${plain(`${model} on ${profile}, ${tier}: ${verdict}`)}`,
    '',
    ...(why === null ? [] : [plain(why), '']),
    ...list(lines),
    ...(nearest === null ? [] : [plain(nearestText(nearest)), '', ...list(nearest.differences.map(differenceText))]),
  ];
}

function list(lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [...lines.map((line) => `- ${plain(line)}`), ''];
}

/** Names of layers and files are no markup. */
function plain(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|~]/g, (mark) => `\\${mark}`).replace(/\s+/g, ' ');
}
