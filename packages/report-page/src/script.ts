// The script of the page: heads of tables become buttons that sort. Without it everything is there, in its first order.

export const script = `
'use strict';
for (const table of document.querySelectorAll('table.sortable')) {
  const body = table.tBodies[0];
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener('click', () => {
      const down = head.getAttribute('aria-sort') === 'ascending';
      for (const other of heads) other.removeAttribute('aria-sort');
      head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
      const keyOf = (row) => {
        const cell = row.cells[column];
        const text = (cell.dataset.by ?? cell.textContent).trim();
        return text === '' ? undefined : text;
      };
      const rows = [...body.rows].map((row) => ({ row, key: keyOf(row) }));
      const numeric = rows.every(({ key }) => key === undefined || Number.isFinite(Number(key)));
      const compare = (a, b) => (numeric ? a - b : a < b ? -1 : a > b ? 1 : 0);
      rows.sort((a, b) => {
        // What has no value stays last either way.
        if (a.key === undefined || b.key === undefined) return (a.key === undefined) - (b.key === undefined);
        return down ? compare(b.key, a.key) : compare(a.key, b.key);
      });
      body.append(...rows.map(({ row }) => row));
    });
  });
}
`;

/** SHA-256 of the text, for the policy of the page. */
export const scriptHash = 'sha256-QCz1kwT2LB8NwOuUkOuE8rW8NSAPhN3xQ4m6nMxkb7s=';
