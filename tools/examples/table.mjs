// Delimited text with a head.

/** @param {string} head @param {Iterable<T>} rows @param {(row: T) => string} text @template T */
export function table(head, rows, text) {
  return Buffer.from(`${[head, ...Array.from(rows, text)].join('\n')}\n`);
}
