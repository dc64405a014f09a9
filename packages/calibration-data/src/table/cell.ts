// Numbers as tables write them, with a point or, where the table does so, with a comma.
import { refuse } from '../refuse.js';
import type { CsvRow } from '../media/csv-rows.js';
import { parseNumber } from '../source-options.js';

const withComma = /^\s*[+-]?(\d+,\d*|,\d+)([eE][+-]?\d+)?\s*$/;
const withPoint = /\d\.\d|^\s*[+-]?\.\d/;

export function cellNumber(text: string, decimalComma: boolean): number | undefined {
  return parseNumber(decimalComma && withComma.test(text) ? text.replace(',', '.') : text);
}

/** Some number has a comma in it and none a point. A cell with a comma of a comma-separated table was quoted. */
export function usesDecimalComma(rows: readonly CsvRow[]): boolean {
  const cells = rows.flatMap((row) => row.cells);
  return cells.some((cell) => withComma.test(cell)) && !cells.some((cell) => withPoint.test(cell));
}

/** Refuses a cell that is no number, naming line and column. */
export function numberAt(row: CsvRow, column: number, decimalComma: boolean, path: string): number {
  const cell = row.cells[column]!;
  return (
    cellNumber(cell, decimalComma) ??
    refuse('DATA_CELL', {
      what: `"${cell.slice(0, 40)}" is not a number`,
      where: `${path}, line ${row.line}, column ${column + 1}`,
      next: 'repair the cell, or name the numeric columns with ?columns= (counted from 0) and the label with ?label=',
    })
  );
}
