// What testing a project came to, as JUnit XML: the form that CI systems show. A case for each pair and tier; no times.
import { formatDiagnostic } from '@wherry/graph';
import { isFailure } from './compare.js';
import { differenceText } from './difference-text.js';
import type { TestedPair, TestResult } from './test-result.js';

export function testJunit({ pairs, obsolete }: TestResult): string {
  const models = [...new Set(pairs.map(({ model }) => model))];
  const suites = models.map((model) => suite(model, pairs.filter((pair) => pair.model === model).map(testCase)));
  const stale = obsolete.map((name) => ({
    kind: 'failure' as const,
    text: element('testcase', { classname: 'baselines', name }, [
      element('failure', { message: 'nothing of the project is compared with it', type: 'obsolete' }, []),
    ]),
  }));
  // A document without any case is taken for a run that broke off.
  const cases = stale.length === 0 && pairs.length === 0 ? [noneObsolete] : stale;
  const all = [...suites, ...(cases.length === 0 ? [] : [suite('baselines', cases)])];
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element('testsuites', { name: 'deploy test' }, all)}\n`;
}

interface Case {
  readonly kind: 'passed' | 'failure' | 'error' | 'skipped';
  readonly text: string;
}

const noneObsolete: Case = {
  kind: 'passed',
  text: element('testcase', { classname: 'baselines', name: 'none is obsolete' }, []),
};

function suite(name: string, cases: readonly Case[]): string {
  const count = (wanted: Case['kind']): string => String(cases.filter(({ kind }) => kind === wanted).length);
  return element(
    'testsuite',
    ...([
      {
        name,
        tests: String(cases.length),
        failures: count('failure'),
        errors: count('error'),
        skipped: count('skipped'),
      },
      cases.map(({ text }) => text),
    ] as const),
  );
}

function testCase({ model, profile, tier, series, verdict, why, differences, error }: TestedPair): Case {
  const of = (kind: Case['kind'], inside: readonly string[]): Case => ({
    kind,
    text: element(
      'testcase',
      { classname: `${model}.${profile}`, name: series === null ? tier : `${tier} (${series})` },
      inside,
    ),
  });
  switch (verdict) {
    case 'failed':
      return of('failure', [
        element('failure', { message: why ?? '', type: 'regression' }, [
          escaped(differences.filter(isFailure).map(differenceText).join('\n')),
        ]),
      ]);
    case 'error':
      return of('error', [
        element('error', { message: error!.what, type: error!.code }, [escaped(formatDiagnostic(error!))]),
      ]);
    case 'left out':
    case 'new series':
      return of('skipped', [element('skipped', { message: why ?? '' }, [])]);
    case 'passed':
    case 'updated':
      return of('passed', []);
  }
}

function element(name: string, attributes: Readonly<Record<string, string>>, inside: readonly string[]): string {
  const said = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`);
  return inside.length === 0
    ? `<${name}${said.join('')}/>`
    : `<${name}${said.join('')}>\n${inside.join('\n')}\n</${name}>`;
}

/** XML has no form for most control characters at all. */
function escaped(text: string): string {
  return text
    .replace(/[^\t\n\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '?')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
