// Whether it fits, and how sizes compare with those of the float model.
import { grouped } from '@wherry/graph';
import { bars } from '../charts/bars.js';
import { fitBar } from '../charts/fit-bar.js';
import { markup } from '../markup.js';
import type { ReportPage } from '../page.js';
import { paragraphs, sectionOf, type Section } from '../section.js';

export function fitSection({ fit }: ReportPage): Section | undefined {
  if (fit === undefined) return undefined;
  return sectionOf(
    'fit',
    'Flash and RAM',
    fit.bars.map((bar, i) => fitBar(bar, `fit-${i}`, fit.atLeast)),
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
    markup`${paragraphs(sizes.words)}`,
  );
}
