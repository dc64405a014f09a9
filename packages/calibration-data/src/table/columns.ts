// What the columns of a table look like: which one counts the rows, which could be a label.
import type { CsvRow } from '../media/csv-rows.js';
import { nearest } from '../nearest.js';
import { refuse } from '../refuse.js';
import { cellNumber } from './cell.js';

const leastRows = 4;

/**
 * Whole numbers that go up by one from 0 or 1, row by row. Where rows are moments of recordings (`run` of them at least),
 * they may begin again with the next one; a label of few classes would look alike otherwise.
 */
export function countsRows(rows: readonly CsvRow[], column: number, run: number | undefined): boolean {
  if (rows.length < leastRows) return false;
  const start = Number((rows[0]!.cells[column] ?? '').trim() || NaN);
  if (start !== 0 && start !== 1) return false;
  let length = 0;
  for (const { cells } of rows) {
    const value = Number((cells[column] ?? '').trim() || NaN);
    const again = value === start && length > 0;
    if (again && (run === undefined || length < Math.max(2, run))) return false;
    length = again ? 1 : length + 1;
    if (value !== start + length - 1) return false;
  }
  return true;
}

/** Words, or whole numbers from 0 of which there are few different ones for so many rows. */
export function looksLikeLabel(rows: readonly CsvRow[], column: number, decimalComma: boolean): boolean {
  const cells = rows.map((row) => (row.cells[column] ?? '').trim());
  const numbers = cells.map((cell) => cellNumber(cell, decimalComma));
  if (numbers.every((value) => value === undefined)) return cells.every((cell) => cell !== '');
  const whole = numbers.every((value) => value !== undefined && Number.isInteger(value) && value >= 0);
  return whole && new Set(numbers).size <= Math.max(2, rows.length / 2) && !countsRows(rows, column, undefined);
}

/** By name of the header, `last`, or number from 0. */
export function columnIndex(text: string, header: readonly string[], width: number, path: string): number {
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

/** `1-4`, or one column. */
export function columnRange(part: string, header: readonly string[], width: number, path: string): number[] {
  const range = header.includes(part) ? null : /^(\d{1,7})-(\d{1,7})$/.exec(part);
  if (range === null) return [columnIndex(part, header, width, path)];
  const [first, last] = [columnIndex(range[1]!, [], width, path), columnIndex(range[2]!, [], width, path)];
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);
}
