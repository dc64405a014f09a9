// The arena over time, and what lies in it at its peak.
import { counted, grouped } from '@wherry/graph';
import { arena } from '../charts/arena.js';
import type { ArenaPicture, ReportPage } from '../page.js';
import { paragraphs, sectionOf, type Section } from '../section.js';
import { table, tableBelow } from '../table.js';

export function memorySection({ memory }: ReportPage): Section | undefined {
  if (memory === undefined || memory.buffers.length === 0) return undefined;
  return sectionOf(
    'memory',
    'Memory over time',
    paragraphs(memory.words),
    arena(memory),
    tableBelow(`${counted(memory.buffers.length, 'buffer')} as a table`, bufferTable(memory)),
  );
}

function bufferTable({ steps, buffers, peak }: ArenaPicture) {
  const number = (value: number) => ({ shown: grouped(value), by: value });
  const atPeak = buffers.map(({ first, last }) => peak !== undefined && first <= peak && peak <= last);
  return table({
    caption: 'Buffers of the arena',
    columns: [
      { title: 'Buffer' },
      { title: 'Bytes', numeric: true },
      { title: 'Address', numeric: true },
      { title: 'From' },
      { title: 'Until' },
      { title: 'At the peak' },
    ],
    rows: buffers.map(({ name, bytes, offset, first, last }, i) => [
      name,
      number(bytes),
      number(offset),
      { shown: steps[first], by: first },
      { shown: steps[last], by: last },
      atPeak[i]! ? 'yes' : 'no',
    ]),
    marked: new Set(atPeak.flatMap((is, i) => (is ? [i] : []))),
  });
}
