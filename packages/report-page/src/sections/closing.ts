// What goes with any run: the comparison with one before, warnings, files, and what it was made of.
import { counted, grouped } from '@wherry/graph';
import { markup } from '../markup.js';
import type { ReportPage } from '../page.js';
import { paragraphs, sectionOf, type Section } from '../section.js';
import { table } from '../table.js';

export function comparisonSection({ comparison }: ReportPage): Section | undefined {
  if (comparison === undefined) return undefined;
  const { baseline, words, rows } = comparison;
  const marked = rows.flatMap(({ verdict }, i) => (verdict === 'worse' ? [i] : []));
  return sectionOf(
    'comparison',
    'Beside the baseline',
    paragraphs(words),
    rows.length === 0
      ? undefined
      : table({
          caption: `This run beside ${baseline}`,
          columns: [
            { title: 'What' },
            { title: 'Before' },
            { title: 'Now' },
            { title: 'Verdict' },
            { title: 'In words', wide: true },
          ],
          rows: rows.map(({ metric, before, now, verdict, words: said }) => [metric, before, now, verdict, said]),
          marked: new Set(marked),
        }),
  );
}

export function warningSection({ warnings = [] }: ReportPage): Section | undefined {
  if (warnings.length === 0) return undefined;
  return sectionOf(
    'warnings',
    counted(warnings.length, 'warning'),
    markup`<ul class="messages">
      ${warnings.map(
        ({ code, what, where, next }) =>
          markup`<li>
            <code>${code}</code>: ${what}${where === undefined ? undefined : markup`<br />At ${where}.`}<br /><strong
              >Next:</strong
            >
            ${next}
          </li> `,
      )}
    </ul> `,
  );
}

export function provenanceSection({ provenance, files = [] }: ReportPage): Section | undefined {
  return sectionOf(
    'provenance',
    'What it was made of',
    markup`<dl class="facts">
      ${provenance.map(
        ({ what, value }) =>
          markup`<div>
            <dt>${what}</dt>
            <dd>${value}</dd>
          </div> `,
      )}
    </dl> `,
    files.length === 0
      ? undefined
      : table({
          caption: 'Files of the output',
          columns: [{ title: 'File' }, { title: 'Bytes', numeric: true }, { title: 'SHA-256' }],
          rows: files.map(({ name, bytes, sha256 }) => [
            name,
            { shown: grouped(bytes), by: bytes },
            markup`<code>${sha256}</code>`,
          ]),
        }),
  );
}
