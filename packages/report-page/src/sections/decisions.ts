// What was decided and why, what was considered instead, and what was tried.
import { grouped, counted } from '@wherry/graph';
import { markup } from '../markup.js';
import type { CandidateRow, ReportPage, SchemeRow } from '../page.js';
import { paragraphs, sectionOf, type Section } from '../section.js';
import { table } from '../table.js';
import { decibels, errorWords, gainWords } from '../text/decibels.js';

export function decisionSection({ decisions, schemes = [] }: ReportPage): Section | undefined {
  if (decisions === undefined || decisions.length === 0) return undefined;
  return sectionOf(
    'decisions',
    'What was decided, and why',
    table({
      caption: 'Decisions of this run',
      columns: [{ title: 'Decided' }, { title: 'Choice', wide: true }, { title: 'Why', wide: true }],
      rows: decisions.map(({ what, choice, why }) => [what, choice, why]),
      sortable: false,
    }),
    schemes.length < 2
      ? undefined
      : markup`<h3>Number formats that were considered</h3>
          ${table({
            caption: 'In the order of preference',
            columns: [
              { title: 'Scheme' },
              { title: 'What became of it' },
              { title: 'Signal to noise', numeric: true },
              { title: 'Flash, bytes', numeric: true },
              { title: 'RAM, bytes', numeric: true },
              { title: 'Why', wide: true },
            ],
            rows: schemes.map(schemeRow),
          })}`,
  );
}

function schemeRow({ scheme, verdict, why, sqnrDb, flashBytes, ramBytes }: SchemeRow) {
  const size = (bytes: number | null) => (bytes === null ? '' : { shown: grouped(bytes), by: bytes });
  return [
    scheme,
    verdict,
    sqnrDb === null ? '' : { shown: decibels(sqnrDb), by: sqnrDb },
    size(flashBytes),
    size(ramBytes),
    why,
  ];
}

export function candidateSection({ candidates }: ReportPage): Section | undefined {
  if (candidates === undefined || candidates.rows.length === 0) return undefined;
  const { words, rows } = candidates;
  return sectionOf(
    'candidates',
    `Candidates: ${counted(rows.length, 'setting')} tried`,
    paragraphs(words),
    table({
      caption: 'Candidates, in the order in which they were tried',
      columns: [
        { title: 'Settings' },
        { title: 'Outcome' },
        { title: 'Signal to noise', numeric: true },
        { title: 'In words', wide: true },
        { title: 'Against the one before', wide: true },
        { title: 'Samples', numeric: true },
      ],
      rows: rows.map(candidateRow),
      marked: new Set([rows.map(({ outcome }) => outcome).lastIndexOf('kept')]),
    }),
  );
}

const outcomes = { first: 'to begin with', kept: 'kept', dropped: 'not better beyond chance' } as const;

function candidateRow({ settings, sqnrDb, samples, gainDb, gainError, outcome }: CandidateRow) {
  const spread = gainError === null ? '' : ` (give or take ${gainError.toFixed(2)} dB)`;
  return [
    settings,
    outcomes[outcome],
    sqnrDb === null ? '' : { shown: decibels(sqnrDb), by: sqnrDb },
    sqnrDb === null ? '' : errorWords(sqnrDb),
    gainDb === null ? '' : { shown: `${gainWords(gainDb)}${spread}`, by: gainDb },
    samples,
  ];
}
