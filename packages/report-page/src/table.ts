// Tables: with a caption, in a region of their own that scrolls where they are wider than the screen, sorted by the script.
import { markup, type Content, type Markup } from './markup.js';

export interface Column {
  readonly title: string;
  /** Numbers stand at the right, and are sorted as such. */
  readonly numeric?: boolean;
  /** Sentences, which want room. */
  readonly wide?: boolean;
}

export interface Cell {
  readonly shown: Content;
  /** What sorts it, where that is not the text. */
  readonly by?: number | undefined;
}

export interface TableOptions {
  readonly caption: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly (Cell | Content)[])[];
  /** Rows that stand out, with the word for it in one of their cells. */
  readonly marked?: ReadonlySet<number>;
  readonly sortable?: boolean;
}

/** The first cell of a row heads it. */
export function table({ caption, columns, rows, marked, sortable = true }: TableOptions): Markup {
  const heads = columns.map(
    ({ title, numeric }) => markup`<th scope="col" ${numeric ? markup` class="number"` : ''}>${title}</th>`,
  );
  const lines = rows.map((cells, row) => {
    const inside = cells.map((cell, column) => cellMarkup(cell, column, columns[column]!));
    return markup`<tr${marked?.has(row) ? markup` class="marked"` : ''}>${inside}</tr>
`;
  });
  return markup`<div class="scroll" role="region" aria-label="${caption}" tabindex="0">
<table${sortable ? markup` class="sortable"` : ''}>
<caption>${caption}</caption>
<thead><tr>${heads}</tr></thead>
<tbody>
${lines}</tbody>
</table>
</div>
`;
}

/** Of a chart that shows most of it: closed at first. */
export function tableBelow(summary: string, content: Markup): Markup {
  return markup`<details><summary>${summary}</summary>
${content}</details>
`;
}

function cellMarkup(cell: Cell | Content, column: number, { numeric, wide }: Column): Markup {
  const { shown, by } = isCell(cell) ? cell : { shown: cell, by: undefined };
  const key = by === undefined ? '' : markup` data-by="${by}"`;
  if (column === 0) return markup`<th scope="row" ${key}>${shown}</th>`;
  const kind = numeric ? markup` class="number"` : wide ? markup` class="wide"` : '';
  return markup`<td${kind}${key}>${shown}</td>`;
}

function isCell(cell: Cell | Content): cell is Cell {
  return typeof cell === 'object' && 'shown' in cell;
}
