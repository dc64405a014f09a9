// Which columns of a table of moments are inputs, where it has more than the model takes: told by what they hold and are called.
import type { CsvRow } from '../media/csv-rows.js';
import { cellNumber } from './cell.js';

export interface MomentColumns {
  readonly inputs: readonly number[];
  readonly label: number | undefined;
  readonly recording: number | undefined;
  /** Every column of numbers, whatever else they could be. */
  readonly numbers: readonly number[];
}

const leastRows = 8;
/** A time goes up from row to row, but for where another recording begins. */
const rises = 0.9;
/** What names a recording or a class stays the same for several rows. */
const stays = 0.75;
const labelNames = /^(label|class|category|activity|gesture|target|y|word|state)$/i;
const recordingNames = /^(rec|recording|session|file|filename|user|subject|person|trial|run|take|id|sample(_?id)?)$/i;
const timeNames = /^(t|time|timestamp|date|datetime|ms|millis|seconds|sec|index|frame|n|row)(_?(s|ms|us|ns|id))?$/i;

export function momentColumns(
  rows: readonly CsvRow[],
  columns: readonly number[],
  header: readonly string[],
  decimalComma: boolean,
): MomentColumns {
  const kinds = columns.map((column) => ({ column, kind: kindOf(rows, column, header[column] ?? '', decimalComma) }));
  const of = (...wanted: readonly Kind[]): number[] =>
    kinds.filter(({ kind }) => wanted.includes(kind)).map(({ column }) => column);
  const named = of('block', 'words');
  const calledLike = (names: RegExp): number | undefined =>
    named.find((column) => names.test((header[column] ?? '').trim()));
  const recording = calledLike(recordingNames);
  const label = calledLike(labelNames) ?? named.filter((column) => column !== recording).at(-1);
  return { inputs: of('varied'), label, recording, numbers: of('varied', 'block', 'time') };
}

type Kind = 'varied' | 'block' | 'words' | 'time';

function kindOf(rows: readonly CsvRow[], column: number, name: string, decimalComma: boolean): Kind {
  const cells = rows.map((row) => (row.cells[column] ?? '').trim());
  const numbers = cells.map((cell) => cellNumber(cell, decimalComma));
  const share = (holds: (i: number) => boolean): number =>
    cells.filter((_, i) => i > 0 && holds(i)).length / Math.max(1, cells.length - 1);
  if (numbers.some((value) => value === undefined)) return timeNames.test(name.trim()) ? 'time' : 'words';
  if (rows.length < leastRows) return 'varied';
  if (timeNames.test(name.trim()) || share((i) => numbers[i]! > numbers[i - 1]!) >= rises) return 'time';
  const whole = numbers.every((value) => Number.isInteger(value));
  return whole && share((i) => cells[i] === cells[i - 1]) >= stays ? 'block' : 'varied';
}

/** `2-4` or `0,2,3`, as ?columns= takes them. */
export function listedColumns(columns: readonly number[]): string {
  const [first, last] = [columns[0]!, columns.at(-1)!];
  return columns.length > 1 && last - first === columns.length - 1 ? `${first}-${last}` : columns.join(',');
}
