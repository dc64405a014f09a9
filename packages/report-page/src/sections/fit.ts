// Whether it fits, and how sizes compare with those of the float model.
import { grouped } from '@wherry/graph';
import { bars } from '../charts/bars.js';
import { fitBar } from '../charts/fit-bar.js';
import type { ReportPage } from '../page.js';
import { paragraphs, sectionOf, type Section } from '../section.js';
import { table, tableBelow } from '../table.js';
import { percent } from '../text/percent.js';

export function fitSection({ fit }: ReportPage): Section | undefined {
  if (fit === undefined) return undefined;
  return sectionOf(
    'fit',
    'Flash and RAM',
    fit.bars.map((bar, i) => fitBar(bar, `fit-${i}`, fit.atLeast)),
    tableBelow(
      'Flash and RAM as a table',
      table({
        caption: 'Memories, and what is used of them',
        columns: [
          { title: 'Memory' },
          { title: `Used${fit.atLeast ? ' at least' : ''}, bytes`, numeric: true },
          { title: 'Available, bytes', numeric: true },
          { title: 'Share', numeric: true },
          { title: 'What it is', wide: true },
        ],
        rows: fit.bars.map(({ label, used, available, words }) => [
          label,
          { shown: grouped(used), by: used },
          { shown: grouped(Math.max(0, available)), by: available },
          available <= 0 ? '' : { shown: percent(used / available), by: used / available },
          words,
        ]),
      }),
    ),
    paragraphs(fit.notes),
  );
}

export function sizeSection({ sizes }: ReportPage): Section | undefined {
  if (sizes === undefined) return undefined;
  const rows = sizes.bars.map(({ label, bytes }) => ({ label, value: bytes, shown: `${grouped(bytes)} bytes` }));
  return sectionOf(
    'size',
    'Size against float',
    bars(
      {
        id: 'size-chart',
        title: 'Sizes',
        description: rows.map(({ label, shown }) => `${label}: ${shown}`).join('; '),
      },
      rows,
    ),
    tableBelow(
      'Sizes as a table',
      table({
        caption: 'Sizes',
        columns: [{ title: 'What' }, { title: 'Bytes', numeric: true }],
        rows: sizes.bars.map(({ label, bytes }) => [label, { shown: grouped(bytes), by: bytes }]),
      }),
    ),
    paragraphs(sizes.words),
  );
}
