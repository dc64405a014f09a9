// Delimited text: one sample per row, numeric columns, a label column by name or index.
import { readAt, readChunks } from '../bytes/file-access.js';
import { limits } from '../limits.js';
import { csvRows, type CsvRow } from '../media/csv-rows.js';
import { nearest } from '../nearest.js';
import { refuse } from '../refuse.js';
import { elements, sampleShape } from '../sample-shape.js';
import { parseNumber } from '../source-options.js';
import type { DataFormat, DataRecord, OpenContext } from './format.js';

interface Layout {
  readonly delimiter: string;
  readonly hasHeader: boolean;
  readonly width: number;
  /** Indices from 0. */
  readonly columns: readonly number[];
  readonly label: number | undefined;
  /** Class names, when labels are words. */
  readonly classes: ReadonlyMap<string, number> | undefined;
}

export const csv: DataFormat = {
  name: 'csv',
  summary: 'table, one sample per row, header optional, label column by name or number from 0',
  example: 'csv:table.csv?label=class&columns=1-12',
  options: ['header', 'delimiter', 'columns', 'label'],
  match: ({ name, isFolder }) => (!isFolder && /\.(csv|tsv)$/.test(name) ? 'name' : undefined),
  open: async (context) => {
    const { path } = context;
    const layout = await readLayout(context);
    return {
      files: [path],
      ...(layout.classes && { labels: [...layout.classes.keys()] }),
      records: async function* () {
        let index = 0;
        for await (const row of dataRows(path, layout)) yield toRecord(row, index++, layout, path);
      },
    };
  },
};

async function* dataRows(path: string, layout: Pick<Layout, 'delimiter' | 'hasHeader'>): AsyncGenerator<CsvRow> {
  let first = true;
  for await (const row of csvRows(readChunks(path), layout.delimiter, path)) {
    if (!first || !layout.hasHeader) yield row;
    first = false;
  }
}

function toRecord(row: CsvRow, index: number, layout: Layout, path: string): DataRecord {
  if (row.cells.length !== layout.width) {
    refuse('DATA_MALFORMED', {
      what: `the row has ${row.cells.length} cells, the first row has ${layout.width}`,
      where: `${path}, line ${row.line}`,
      next: 'repair the row, or give delimiter=',
    });
  }
  const load = () => {
    const data = Float32Array.from(layout.columns, (column) => numberAt(row, column, path));
    return [{ shape: [data.length], data }];
  };
  if (layout.label === undefined) return { id: `${index}`, load };
  const word = row.cells[layout.label]!.trim();
  const label = layout.classes === undefined ? numberAt(row, layout.label, path) : layout.classes.get(word);
  return { id: `${index}`, label, load };
}

function numberAt(row: CsvRow, column: number, path: string): number {
  const cell = row.cells[column]!;
  return (
    parseNumber(cell) ??
    refuse('DATA_CELL', {
      what: `"${cell.slice(0, 40)}" is not a number`,
      where: `${path}, line ${row.line}, column ${column + 1}`,
      next: 'repair the cell, or name the numeric columns with ?columns= (counted from 0) and the label with ?label=',
    })
  );
}

async function readLayout({ path, options, expectations }: OpenContext): Promise<Layout> {
  const chosen = options.choice('delimiter', [',', ';', 'tab', 'space']);
  const delimiter =
    chosen === undefined ? await sniffDelimiter(path) : chosen === 'tab' ? '\t' : chosen === 'space' ? ' ' : chosen;
  let first: CsvRow | undefined;
  for await (const row of csvRows(readChunks(path), delimiter, path)) {
    first = row;
    break;
  }
  const cells = first?.cells.map((cell) => cell.trim()) ?? [];
  const declared = options.choice('header', ['yes', 'no']);
  const hasHeader =
    declared === undefined
      ? cells.length > 0 && cells.every((cell) => parseNumber(cell) === undefined)
      : declared === 'yes';
  const header = hasHeader ? cells : [];
  const label = chooseLabel(options.text('label'), header, cells.length, path);
  const listed = options.text('columns');
  const all = cells.map((_, i) => i).filter((i) => i !== label);
  const columns =
    listed === undefined ? all : listed.split(',').flatMap((part) => columnRange(part, header, cells.length, path));
  const wanted = elements(sampleShape(expectations[0]?.shape ?? []));
  if (listed === undefined && label === undefined && expectations.length === 1 && columns.length === wanted + 1) {
    refuse('DATA_SHAPE', {
      what: `the table has ${columns.length} columns and the model takes ${wanted}`,
      where: path,
      next: `one column seems to be the label: add ?label=0 for the first or ?label=${wanted} for the last`,
    });
  }
  const classes = label === undefined ? undefined : await readClasses(path, { delimiter, hasHeader }, label);
  return { delimiter, hasHeader, width: cells.length, columns, label, classes };
}

/** The first of tab, semicolon and comma that the first line has outside of quotes; a comma when there is none. */
async function sniffDelimiter(path: string): Promise<string> {
  const line = new TextDecoder()
    .decode(await readAt(path, 0, 65536))
    .split(/[\r\n]/, 1)[0]!
    .replace(/"[^"]*"/g, '');
  return ['\t', ';'].find((candidate) => line.includes(candidate)) ?? ',';
}

function chooseLabel(
  text: string | undefined,
  header: readonly string[],
  width: number,
  path: string,
): number | undefined {
  if (text !== undefined) return columnIndex(text, header, width, path);
  const found = header.findIndex((name) => name.toLowerCase() === 'label');
  return found < 0 ? undefined : found;
}

function columnIndex(text: string, header: readonly string[], width: number, path: string): number {
  const named = header.indexOf(text);
  if (named >= 0) return named;
  if (text === 'last' && width > 0) return width - 1;
  const index = /^\d{1,7}$/.test(text) ? Number(text) : -1;
  if (index >= 0 && index < width) return index;
  const meant = nearest(text, header);
  return refuse('DATA_OPTION', {
    what: `there is no column "${text}"`,
    where: path,
    next:
      meant === undefined ? `give a name of the header or a number from 0 to ${width - 1}` : `did you mean ${meant}?`,
  });
}

function columnRange(part: string, header: readonly string[], width: number, path: string): number[] {
  const range = header.includes(part) ? null : /^(\d{1,7})-(\d{1,7})$/.exec(part);
  if (range === null) return [columnIndex(part, header, width, path)];
  const [first, last] = [columnIndex(range[1]!, [], width, path), columnIndex(range[2]!, [], width, path)];
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);
}

/** Undefined when the first label is a number; else one pass over the file for the sorted set of words. */
async function readClasses(
  path: string,
  layout: Pick<Layout, 'delimiter' | 'hasHeader'>,
  label: number,
): Promise<ReadonlyMap<string, number> | undefined> {
  const words = new Set<string>();
  for await (const { cells } of dataRows(path, layout)) {
    const word = (cells[label] ?? '').trim();
    if (words.size === 0 && parseNumber(word) !== undefined) return undefined;
    words.add(word);
    if (words.size > limits.classes)
      refuse('DATA_LABELS', {
        what: `column ${label + 1} has more than ${limits.classes} different words`,
        where: path,
        next: 'choose the column that holds the class',
      });
  }
  return new Map([...words].sort().map((word, i) => [word, i]));
}
