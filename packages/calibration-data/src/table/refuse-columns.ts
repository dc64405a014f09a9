// The refusal of a table whose rows do not fill the model input, with what its cells say about the reason.
import { counted, type Shape } from '@wherry/graph';
import type { CsvRow } from '../media/csv-rows.js';
import { refuse } from '../refuse.js';
import { sampleShape, show, withoutOnes } from '../sample-shape.js';
import { countsRows, looksLikeLabel } from './columns.js';
import { listedColumns, momentColumns } from './moment-columns.js';

export interface FoundColumns {
  readonly columns: readonly number[];
  readonly header: readonly string[];
  /** The first rows below the header. */
  readonly below: readonly CsvRow[];
  readonly decimalComma: boolean;
  readonly label: number | undefined;
  readonly wanted: number | undefined;
  readonly window: number | undefined;
  readonly shape: Shape;
}

/** Throws DATA_SHAPE. */
export function refuseColumns(found: FoundColumns, listed: boolean, path: string): never {
  const { columns, wanted, shape, window } = found;
  const sample = sampleShape(shape);
  const takes = withoutOnes(sample).length > 1 ? `${show(sample)}, ${wanted} values` : `${wanted} values`;
  const rows = window === undefined ? '' : ` and windows of ${window} rows are asked for`;
  return refuse('DATA_SHAPE', {
    what: `the table has ${counted(columns.length, 'column')}${listed ? ' chosen' : ''}${rows}; the model takes ${takes}`,
    where: path,
    next: momentAdvice(found) ?? surplusAdvice(found) ?? labelAdvice(found, listed) ?? columnsAdvice(found),
  });
}

/** Rows are moments where the model's last dimension, or the blank lines between blocks of rows, say so. */
function momentAdvice({ columns, below, shape, wanted, window }: FoundColumns): string | undefined {
  const dimensions = withoutOnes(sampleShape(shape));
  const [length, ...rest] = dimensions;
  if (dimensions.length === 2 && rest[0] === columns.length && window !== length)
    return `each row seems to be one moment of ${rest[0]} values: add ?window=${length}&stride=${length}`;
  const block = below.findIndex(({ afterBlank }, i) => i > 0 && afterBlank === true);
  return dimensions.length === 1 && block > 1 && window !== block && block * columns.length === wanted
    ? `blank lines end recordings of ${block} rows: add ?window=${block}&stride=${block}`
    : undefined;
}

/** Rows are moments and have columns besides the inputs: a time, a label, the name of a recording. */
function surplusAdvice({
  columns,
  header,
  below,
  decimalComma,
  label,
  wanted,
  window,
  shape,
}: FoundColumns): string | undefined {
  const dimensions = withoutOnes(sampleShape(shape));
  const [length, width] =
    dimensions.length === 2 ? dimensions : [window, window === undefined ? undefined : (wanted ?? 0) / window];
  if (length === undefined || width === undefined || !Number.isInteger(width) || columns.length <= width)
    return undefined;
  const found = momentColumns(below, columns, header, decimalComma);
  const windows = `window=${length}&stride=${length}`;
  const own = label ?? found.label;
  if (found.inputs.length === width) {
    const options = [
      ...(own === undefined ? [] : [`label=${own}`]),
      ...(found.recording === undefined ? [] : [`recording=${found.recording}`]),
    ].join('&');
    return `each row seems to be one moment of ${width} ${width === 1 ? 'value' : 'values'} with other columns beside: add ?${windows}&columns=${listedColumns(found.inputs)}${options && `&${options}`}`;
  }
  const example = (found.inputs.length > width ? found.inputs : found.numbers).slice(0, width);
  return example.length < width
    ? undefined
    : `each row seems to be one moment with more columns than the ${width} that the model takes: name those, counted from 0, such as ?${windows}&columns=${listedColumns(example)}; a column of classes with label=, one that tells recordings apart with recording=`;
}

function labelAdvice(found: FoundColumns, listed: boolean): string | undefined {
  const { columns, wanted, below, decimalComma, label, window } = found;
  if (listed || label !== undefined || window !== undefined || wanted === undefined || columns.length !== wanted + 1)
    return undefined;
  const [first, last] = [columns[0]!, columns.at(-1)!];
  const named = [
    ...(looksLikeLabel(below, first, decimalComma) ? [`?label=${first} for the first`] : []),
    ...(last !== first && looksLikeLabel(below, last, decimalComma) ? [`?label=${last} for the last`] : []),
  ];
  return named.length === 0 ? undefined : `one column seems to be the label: add ${named.join(' or ')}`;
}

/** An index and a label beside the inputs, where the cells look like that; else which columns is the user's to say. */
function columnsAdvice({ columns, below, decimalComma, wanted = 0 }: FoundColumns): string {
  if (columns.length <= wanted) return `give rows of ${wanted} values`;
  const rest = columns.slice(1);
  const label = [rest.at(-1), rest[0]].find(
    (column) => column !== undefined && looksLikeLabel(below, column, decimalComma),
  );
  const inputs = rest.filter((column) => column !== label);
  return countsRows(below, columns[0]!, undefined) && label !== undefined && inputs.length === wanted
    ? `the first column counts the rows and another seems to be the label: add ?columns=${inputs[0]}-${inputs.at(-1)!}&label=${label}`
    : `name the ${wanted} columns that the model takes with ?columns=, counted from 0`;
}
