// Joins rows that are consecutive moments to recordings, which no window may cross.
import type { DataRecord } from '../formats/format.js';
import { limits } from '../limits.js';
import type { CsvRow } from '../media/csv-rows.js';
import { refuse } from '../refuse.js';
import { numberAt } from './cell.js';
import type { TableLayout } from './layout.js';

interface Block {
  readonly line: number;
  readonly label: number | undefined;
  readonly rows: Float32Array[];
}

/**
 * A recording ends with a blank line, where the header comes again, where label or recording column change, and where the
 * counting of the rows begins again.
 */
export async function* recordings(
  rows: AsyncIterable<CsvRow>,
  layout: TableLayout,
  labelOf: (row: CsvRow) => number | undefined,
  path: string,
): AsyncGenerator<DataRecord> {
  const { columns, decimalComma, index, recording, blankEnds, header } = layout;
  let block: Block | undefined;
  let before: CsvRow | undefined;
  let number = 0;
  let headerAgain = false;
  for await (const row of rows) {
    if (header !== undefined && row.cells.every((cell, i) => cell.trim() === header[i])) {
      headerAgain = true;
      continue;
    }
    const label = labelOf(row);
    const ends =
      headerAgain ||
      (blankEnds && row.afterBlank === true) ||
      (block !== undefined && block.label !== label) ||
      (before !== undefined && recording !== undefined && before.cells[recording] !== row.cells[recording]) ||
      (before !== undefined && index !== undefined && Number(row.cells[index]) <= Number(before.cells[index]));
    if (ends && block !== undefined) {
      yield toRecord(block, number++);
      block = undefined;
    }
    headerAgain = false;
    block ??= { line: row.line, label, rows: [] };
    block.rows.push(Float32Array.from(columns, (column) => numberAt(row, column, decimalComma, path)));
    if (block.rows.length * columns.length * 4 > limits.recordBytes)
      refuse('DATA_TOO_LARGE', {
        what: `the recording from line ${block.line} on is over the size limit`,
        where: path,
        next: 'put a blank line between recordings, or split the file',
      });
    before = row;
  }
  if (block !== undefined) yield toRecord(block, number);
}

function toRecord({ rows, label }: Block, number: number): DataRecord {
  const width = rows[0]!.length;
  const load = () => {
    const data = new Float32Array(rows.length * width);
    rows.forEach((row, i) => data.set(row, i * width));
    return [{ shape: [rows.length, width], data }];
  };
  return { id: `${number}`, label, load };
}
