// How a table is to be read: its delimiter, header and columns, from the options and from its first rows.
import { diagnose, type Diagnostic } from '@wherry/graph';
import { readAt, readChunks } from '../bytes/file-access.js';
import { dataDiagnostics } from '../diagnostics.js';
import type { OpenContext } from '../formats/format.js';
import { csvRows, type CsvRow } from '../media/csv-rows.js';
import { elements, sampleShape } from '../sample-shape.js';
import { parseNumber } from '../source-options.js';
import { usesDecimalComma } from './cell.js';
import { columnIndex, columnRange, countsRows } from './columns.js';
import { judgeFirstRow } from './header.js';
import { refuseColumns } from './refuse-columns.js';

/** Rows that are looked at before the reading begins, and cells after which fewer do. */
const lookedAt = 200;
const lookedAtCells = 1_000_000;

export interface TableLayout {
  readonly delimiter: string;
  readonly decimalComma: boolean;
  readonly header: readonly string[] | undefined;
  readonly width: number;
  /** Indices from 0. */
  readonly columns: readonly number[];
  readonly label: number | undefined;
  /** A column that counts the rows and is no input. */
  readonly index: number | undefined;
  /** A column that changes where another recording begins. */
  readonly recording: number | undefined;
  /** Rows are consecutive moments; a sample is a window of so many. */
  readonly moments: number | undefined;
  /** Blank lines stand between recordings, not between any two rows. */
  readonly blankEnds: boolean;
  readonly warnings: readonly Diagnostic[];
}

export async function readLayout({ path, options, expectations }: OpenContext): Promise<TableLayout> {
  const chosen = options.choice('delimiter', [',', ';', 'tab', 'space']);
  const delimiter =
    chosen === undefined ? await sniffDelimiter(path) : chosen === 'tab' ? '\t' : chosen === 'space' ? ' ' : chosen;
  const rows = await firstRows(path, delimiter);
  const decimal = options.choice('decimal', ['point', 'comma']);
  const decimalComma = decimal === undefined ? usesDecimalComma(rows) : decimal === 'comma';
  const cells = rows[0]?.cells.map((cell) => cell.trim()) ?? [];
  const declared = options.choice('header', ['yes', 'no']);
  const verdict = judgeFirstRow(rows, decimalComma);
  const hasHeader = declared === undefined ? verdict === 'header' : declared === 'yes';
  const header = hasHeader ? cells : [];
  const below = hasHeader ? rows.slice(1) : rows;
  const width = cells.length;
  const label = chooseLabel(options.text('label'), header, width, path);
  const recordingName = options.text('recording');
  const recording = recordingName === undefined ? undefined : columnIndex(recordingName, header, width, path);
  const listed = options.text('columns');
  const wanted = expectations.length === 1 ? elements(sampleShape(expectations[0]!.shape)) : undefined;
  const window = options.count('window', 1);
  const candidates =
    listed?.split(',').flatMap((part) => columnRange(part, header, width, path)) ??
    cells.map((_, i) => i).filter((i) => i !== label && i !== recording && !(i === width - 1 && isEmpty(below, i)));
  const index =
    listed === undefined && fits(candidates.length - 1, wanted, window) && countsRows(below, candidates[0]!, window)
      ? candidates[0]
      : undefined;
  const columns = candidates.filter((column) => column !== index);
  const moments = isMoments(columns.length, wanted, window) ? window : undefined;
  const found = { columns, header, below, decimalComma, label, wanted, window, shape: expectations[0]?.shape ?? [] };
  if (width > 0 && !fits(columns.length, wanted, window)) refuseColumns(found, listed !== undefined, path);
  refuseUnused(options, { moments, window, columns: columns.length });
  return {
    delimiter,
    decimalComma,
    header: hasHeader ? cells : undefined,
    width,
    columns,
    label,
    index,
    recording,
    moments,
    blankEnds: !below.slice(1).every(({ afterBlank }) => afterBlank === true),
    warnings: [
      ...(declared === undefined && verdict === 'unclear' ? [headerWarning(cells, path)] : []),
      ...(index === undefined
        ? []
        : [indexWarning(index, header[index] ?? '', candidates.slice(0, columns.length), path)]),
    ],
  };
}

/** One row is a sample, or `window` rows are, or `window` cells of a longer row. */
function fits(columns: number, wanted: number | undefined, window: number | undefined): boolean {
  if (wanted === undefined || columns === wanted) return true;
  return window !== undefined && (isMoments(columns, wanted, window) || (window === wanted && columns > wanted));
}

function isMoments(columns: number, wanted: number | undefined, window: number | undefined): boolean {
  return window !== undefined && columns * window === wanted && !(window === wanted && columns >= wanted);
}

/** A recording is one of rows that are moments; and of a row that is one window, no other begins later. */
function refuseUnused(
  options: OpenContext['options'],
  found: { readonly moments: number | undefined; readonly window: number | undefined; readonly columns: number },
): void {
  if (found.moments !== undefined) return;
  if (options.text('recording') !== undefined)
    options.unused(
      'recording',
      'where each row is a sample',
      'add window=ROWS where rows are moments, or leave the column out with columns=',
    );
  if (options.text('stride') !== undefined && found.window === found.columns)
    options.unused('stride', 'where each row is one window');
}

async function firstRows(path: string, delimiter: string): Promise<readonly CsvRow[]> {
  const rows: CsvRow[] = [];
  let cells = 0;
  for await (const row of csvRows(readChunks(path), delimiter, path)) {
    rows.push(row);
    cells += row.cells.length;
    if (rows.length > lookedAt || cells > lookedAtCells) break;
  }
  return rows;
}

/** The first of tab, semicolon and comma that the first line has outside of quotes, or spaces between numbers. */
async function sniffDelimiter(path: string): Promise<string> {
  const line = new TextDecoder()
    .decode(await readAt(path, 0, 65536))
    .split(/[\r\n]/, 1)[0]!
    .replace(/"[^"]*"/g, '');
  const found = ['\t', ';', ','].find((candidate) => line.includes(candidate));
  if (found !== undefined) return found;
  const words = line.split(' ');
  return words.length > 1 && words.every((word) => parseNumber(word) !== undefined) ? ' ' : ',';
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

/** A delimiter at the end of every line, as sketches print it. */
function isEmpty(rows: readonly CsvRow[], column: number): boolean {
  return rows.length > 0 && rows.every(({ cells }) => cells[column]?.trim() === '');
}

function headerWarning(cells: readonly string[], path: string): Diagnostic {
  return diagnose(dataDiagnostics.DATA_HEADER_UNCLEAR, {
    what: `the first row is ${cells.slice(0, 4).join(', ')}${cells.length > 4 ? ', ...' : ''}; it is taken as a sample`,
    where: path,
    next: 'add ?header=yes if it names the columns, ?header=no if it is a sample',
  });
}

function indexWarning(index: number, name: string, others: readonly number[], path: string): Diagnostic {
  return diagnose(dataDiagnostics.DATA_COLUMN_LEFT_OUT, {
    what: `column ${index} ${name === '' ? 'has no name and' : `"${name}"`} counts the rows and is left out`,
    where: path,
    next: `nothing, unless it is an input and another one is not: then name the inputs, such as ?columns=${others[0]}-${others.at(-1)!}`,
  });
}
