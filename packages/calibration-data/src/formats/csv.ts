// Delimited text: one sample per row, or windows of rows that are moments; a label column by name or index.
import { counted } from '@wherry/graph';
import { readChunks } from '../bytes/file-access.js';
import { limits } from '../limits.js';
import { csvRows, requireReadable, type CsvRow } from '../media/csv-rows.js';
import { refuse } from '../refuse.js';
import { parseNumber } from '../source-options.js';
import { numberAt } from '../table/cell.js';
import { readLayout, type TableLayout } from '../table/layout.js';
import { recordings } from '../table/recordings.js';
import type { DataFormat, DataRecord } from './format.js';

type Classes = ReadonlyMap<string, number> | undefined;

export const csv: DataFormat = {
  name: 'csv',
  summary: 'table, one sample per row or window=N rows, header optional, label column by name or number from 0',
  example: 'csv:table.csv?label=class&columns=1-12',
  options: ['header', 'delimiter', 'decimal', 'columns', 'label', 'recording'],
  match: ({ name, isFolder }) => (!isFolder && /\.(csv|tsv)$/.test(name) ? 'name' : undefined),
  open: async (context) => {
    const { path } = context;
    const layout = await readLayout(context);
    const classes = layout.label === undefined ? undefined : await readClasses(path, layout, layout.label);
    const labelOf = (row: CsvRow): number | undefined => labelAt(row, layout, classes, path);
    return {
      files: [path],
      ...(classes && { labels: [...classes.keys()] }),
      warnings: layout.warnings,
      records:
        layout.moments === undefined
          ? () => rowRecords(path, layout, labelOf)
          : () => recordings(dataRows(path, layout), layout, labelOf, path),
    };
  },
};

async function* dataRows(path: string, { delimiter, header, width }: TableLayout): AsyncGenerator<CsvRow> {
  let first = true;
  for await (const row of csvRows(readChunks(path), delimiter, path)) {
    if (row.cells.length !== width) {
      refuse('DATA_MALFORMED', {
        what: `the row has ${counted(row.cells.length, 'cell')}, the first row has ${width}`,
        where: `${path}, line ${row.line}`,
        next: 'repair the row, or give delimiter=',
      });
    }
    if (!first || header === undefined) yield row;
    first = false;
  }
}

async function* rowRecords(
  path: string,
  layout: TableLayout,
  labelOf: (row: CsvRow) => number | undefined,
): AsyncGenerator<DataRecord> {
  let index = 0;
  for await (const row of dataRows(path, layout)) {
    const load = () => {
      const data = Float32Array.from(layout.columns, (column) => numberAt(row, column, layout.decimalComma, path));
      return [{ shape: [data.length], data }];
    };
    yield { id: `${index++}`, label: labelOf(row), load };
  }
}

function labelAt(
  row: CsvRow,
  { label, decimalComma }: TableLayout,
  classes: Classes,
  path: string,
): number | undefined {
  if (label === undefined) return undefined;
  return classes === undefined ? numberAt(row, label, decimalComma, path) : classes.get(row.cells[label]!.trim());
}

/** Undefined when the first label is a number; else one pass over the file for the sorted set of words. */
async function readClasses(path: string, layout: TableLayout, label: number): Promise<Classes> {
  const words = new Set<string>();
  for await (const { cells } of dataRows(path, layout)) {
    const word = cells[label]!.trim();
    if (words.size === 0 && parseNumber(layout.decimalComma ? word.replace(',', '.') : word) !== undefined)
      return undefined;
    words.add(word);
    if (words.size > limits.classes)
      refuse('DATA_LABELS', {
        what: `column ${label + 1} has more than ${limits.classes} different words`,
        where: path,
        next: 'choose the column that holds the class',
      });
  }
  requireReadable(words, path);
  return new Map([...words].sort().map((word, i) => [word, i]));
}
