// Which class is taken for which, as a table whose cells are the darker the more there is in them.
import { markup, type Markup } from '../markup.js';
import type { DecisionMatrix } from '../page.js';
import { table } from '../table.js';

/** Larger ones are read as a list of what is off the diagonal. */
const mostClasses = 24;
const mostPairs = 40;
const shades = 8;

export function matrix(of: DecisionMatrix): Markup {
  return of.names.length > mostClasses ? pairs(of) : grid(of);
}

function grid({ caption, rowsAre, columnsAre, names, counts }: DecisionMatrix): Markup {
  const heads = names.map((name) => markup`<th scope="col" class="number">${name}</th>`);
  const rows = counts.map((row, i) => {
    const whole = Math.max(
      1,
      row.reduce((sum, count) => sum + count, 0),
    );
    const cells = row.map((count, j) => {
      const shade = count === 0 ? 0 : Math.max(1, Math.round((shades * count) / whole));
      return markup`<td class="number ${i === j ? 'right' : 'wrong'}${shade}">${count}</td>`;
    });
    return markup`<tr>
      <th scope="row">${names[i]}</th>
      ${cells}
    </tr> `;
  });
  return markup`<div class="scroll" role="region" aria-label="${caption}" tabindex="0">
    <table class="matrix">
      <caption>
        ${caption}. Rows: ${rowsAre}; columns: ${columnsAre}.
      </caption>
      <thead>
        <tr>
          <td></td>
          ${heads}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div> `;
}

function pairs({ caption, rowsAre, columnsAre, names, counts }: DecisionMatrix): Markup {
  const found = counts
    .flatMap((row, i) => row.flatMap((count, j) => (i === j || count === 0 ? [] : [{ i, j, count }])))
    .sort((a, b) => b.count - a.count || a.i - b.i || a.j - b.j);
  const shown = found.slice(0, mostPairs);
  const right = counts.reduce((sum, row, i) => sum + row[i]!, 0);
  const all = counts.flat().reduce((sum, count) => sum + count, 0);
  const rest = shown.length < found.length ? ` The ${shown.length} most frequent of ${found.length} pairs follow.` : '';
  return markup`<p>${caption}: ${right} of ${all} on the diagonal, of ${names.length} classes.${rest}</p>
    ${
      shown.length === 0
        ? undefined
        : table({
            caption: `${caption}: what is taken for what`,
            columns: [{ title: rowsAre }, { title: columnsAre }, { title: 'Samples', numeric: true }],
            rows: shown.map(({ i, j, count }) => [names[i], names[j], count]),
          })
    }`;
}
