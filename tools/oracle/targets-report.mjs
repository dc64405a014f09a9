// The table of models and profiles, and what in it breaks the promise: pure rendering of the cells.

const letters = { float32: 'F', float16: 'H', 'dynamic-range': 'D', int8: 'I', int16x8: 'S', int4: 'Q' };
const refusals = { 4: 'u', 5: 'x', 6: 'a' };

const legend = [
  'I int8, S int16x8, Q int4 weights, D dynamic range, H float16, F float32: loaded and run by the runtime of the profile',
  'M int8 with layers in a finer scheme: likewise',
  'u exit 4, the target has no kernel; x exit 5, does not fit; a exit 6, too inaccurate: each with a next act',
  'R written, and the runtime does not load or run it; ! another exit code, or no next act',
].join('\n');

/** `answer`: what the runtime said, { error } or { outputs }; of cells with an output alone. */
export function letterOf(cell) {
  if (cell.exitCode !== undefined) return cell.next ? (refusals[cell.exitCode] ?? '!') : '!';
  if (cell.answer?.outputs === undefined) return 'R';
  return cell.mixed === undefined ? (letters[cell.scheme] ?? '!') : 'M';
}

/** In words, of all rows { source, cells }. */
export const faultsOf = (rows) =>
  rows.flatMap(({ source, cells }) =>
    cells.flatMap((cell) => {
      const letter = letterOf(cell);
      if (letter === 'R') return [`REJECTED  ${source} on ${cell.profile}, ${cell.scheme}: ${cell.answer?.error}`];
      if (letter !== '!') return [];
      const { exitCode, code, what, next } = cell;
      return [
        `OTHER     ${source} on ${cell.profile}: exit ${exitCode} ${code}: ${what} ${next ? '' : '(no next act)'}`,
      ];
    }),
  );

export function report({ rows, unread, quantized, profiles }) {
  const width = Math.max(...rows.map(({ source }) => source.length), 0);
  const cells = rows.flatMap((row) => row.cells);
  const count = (text) => cells.filter((cell) => text.includes(letterOf(cell))).length;
  const faults = faultsOf(rows);
  return [
    ...profiles.map((profile, i) => `${' '.repeat(width)}  ${'| '.repeat(i)}${profile}`),
    ...rows.map((row) => `${row.source.padEnd(width)}  ${row.cells.map(letterOf).join(' ')}`),
    '',
    legend,
    '',
    ...unread.map(({ source, code, what }) => `not read  ${source}: ${code}: ${what}`),
    ...faults,
    `${rows.length} float sources x ${profiles.length} profiles = ${cells.length} cells: ${count('ISQDHFM')} outputs that run, ` +
      `${count('u')} refused by exit 4, ${count('x')} by exit 5, ${count('a')} by exit 6`,
    `left out: ${unread.length} files that are not read, ${quantized} that are quantized already`,
    `${count('R')} outputs that their runtime rejects, ${count('!')} other endings`,
  ].join('\n');
}
