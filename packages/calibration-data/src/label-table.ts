// Labels kept in a CSV table beside the data: one row per record, or one row per file.
import { counted } from '@wherry/graph';
import { besideData } from './beside-data.js';
import { readWhole } from './bytes/file-access.js';
import { limits } from './limits.js';
import { csvRows, requireReadable } from './media/csv-rows.js';
import { refuse } from './refuse.js';
import { parseNumber, type SourceOptions } from './source-options.js';

export interface LabelTable {
  readonly labels?: readonly number[];
  readonly names?: readonly string[];
  readonly files: readonly string[];
}

export interface Table {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** The table that option `labels` names, beside the data file or absolute; its column is `labelColumn`, else `label`. */
export async function readLabelTable(dataPath: string, options: SourceOptions, count: number): Promise<LabelTable> {
  const name = options.text('labels');
  if (name === undefined) {
    if (options.text('labelColumn') !== undefined)
      options.unused('labelColumn', 'without labels', 'add labels=FILE, or leave labelColumn away');
    return { files: [] };
  }
  const path = besideData(dataPath, name);
  const table = await readTable(path);
  const column = options.text('labelColumn') ?? 'label';
  const at = table.header.indexOf(column);
  if (at < 0)
    refuse('DATA_LABELS', {
      what: `there is no column "${column}"`,
      where: path,
      next: `choose with labelColumn= from ${table.header.join(', ')}`,
    });
  if (table.rows.length !== count) {
    refuse('DATA_LABELS', {
      what: `the table holds ${counted(table.rows.length, 'label')} and the data ${counted(count, 'record')}`,
      where: path,
      next: 'give the table that belongs to the data',
    });
  }
  return {
    ...numberLabels(
      table.rows.map((row) => row[at] ?? ''),
      path,
    ),
    files: [path],
  };
}

/** A small CSV with a header. */
export async function readTable(path: string): Promise<Table> {
  const bytes = await readWhole(path, limits.indexBytes);
  const rows: (readonly string[])[] = [];
  const once = async function* () {
    yield bytes;
  };
  for await (const row of csvRows(once(), ',', path)) rows.push(row.cells.map((cell) => cell.trim()));
  const [header, ...rest] = rows;
  if (header === undefined)
    refuse('DATA_MALFORMED', {
      what: 'the table is empty',
      where: path,
      next: 'write a line that names the columns, and one line for each sample below it',
    });
  return { header, rows: rest };
}

/** Whole numbers as they are; otherwise class names in the order of their code units. */
export function numberLabels(
  cells: readonly string[],
  where: string,
): { labels: readonly number[]; names?: readonly string[] } {
  const numbers = cells.map(parseNumber);
  if (numbers.every((value) => value !== undefined && Number.isInteger(value))) return { labels: numbers as number[] };
  const names = [...new Set(cells)].sort();
  if (names.length > limits.classes)
    refuse('DATA_LABELS', {
      what: `there are ${names.length} different labels`,
      where,
      next: 'choose the column that holds the class',
    });
  requireReadable(names, where);
  const numberOf = new Map(names.map((name, i) => [name, i]));
  return { labels: cells.map((cell) => numberOf.get(cell)!), names };
}
