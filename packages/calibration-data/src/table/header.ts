// Whether the first row of a table names its columns, also where the names are numbers as pandas gives them.
import type { CsvRow } from '../media/csv-rows.js';
import { cellNumber } from './cell.js';

export type HeaderVerdict = 'header' | 'sample' | 'unclear';

/** So many numbers in a row that count by one are no sample that anybody measured. */
const longRun = 8;
/** With fewer, the rows below have to be written otherwise. */
const shortRun = 4;
/** Rows that have to be written with a point where two or three numbers are to be names. */
const rowsForFew = 8;
const labelName = /^(label|labels|class|target|category|y)$/i;
const fractional = /[.eE]/;

/**
 * `header`: no cell is a number, or those that are count 0, 1, 2 ... or 1, 2, 3 ... and the rows below are unlike.
 * `unclear`: they count and nothing else tells; to be taken as a sample, and said.
 */
export function judgeFirstRow(rows: readonly CsvRow[], decimalComma: boolean): HeaderVerdict {
  const [first, ...below] = rows;
  if (first === undefined) return 'sample';
  const cells = first.cells.map((cell) => cell.trim());
  const numbers = cells.flatMap((cell, column) => (cellNumber(cell, decimalComma) === undefined ? [] : [column]));
  if (numbers.length === 0) return 'header';
  if (!isRun(numbers.map((column) => cells[column]!))) return 'sample';
  const words = cells.flatMap((cell, column) => (numbers.includes(column) ? [] : [{ cell, column }]));
  if (words.length > 0) {
    const next = below[0];
    const named = words.every(
      ({ cell, column }) =>
        labelName.test(cell) ||
        (next !== undefined && cellNumber(next.cells[column] ?? '', decimalComma) !== undefined),
    );
    if (named) return 'header';
  }
  if (numbers.length < 2 || below.length === 0) return 'sample';
  if (isRamp(below[0]!, numbers, decimalComma)) return 'unclear';
  return numbers.length >= longRun || unlike(below, numbers, decimalComma) ? 'header' : 'unclear';
}

/** 0, 1, 2 ... or 1, 2, 3 ..., written as whole numbers. */
function isRun(cells: readonly string[]): boolean {
  const start = Number(cells[0]);
  return (start === 0 || start === 1) && cells.every((cell, i) => cell === String(start + i));
}

function isRamp({ cells }: CsvRow, columns: readonly number[], decimalComma: boolean): boolean {
  const values = columns.map((column) => cellNumber(cells[column] ?? '', decimalComma));
  return values.every((value, i) => value !== undefined && value === values[0]! + i);
}

/** The rows below are written with fractions: about every cell of long rows, each one of short rows. */
function unlike(below: readonly CsvRow[], columns: readonly number[], decimalComma: boolean): boolean {
  const mark = decimalComma ? /[,eE]/ : fractional;
  const cells = below.flatMap((row) => columns.map((column) => row.cells[column] ?? ''));
  const written = cells.filter((cell) => mark.test(cell)).length;
  if (columns.length >= shortRun) return written * 2 >= cells.length;
  return below.length >= rowsForFew && written === cells.length;
}
