// Columns of text, as wide as they need to be.

/** Header, rule, rows; the last column is not padded. `right` lists the columns that hold numbers. */
export function table(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  right: ReadonlySet<number> = new Set(),
): string[] {
  const widths = header.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]!.length)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => (right.has(column) ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!)))
      .join('  ')
      .trimEnd();
  return [
    line(header),
    line(widths.map((width, column) => '-'.repeat(column === widths.length - 1 ? header[column]!.length : width))),
    ...rows.map(line),
  ];
}
