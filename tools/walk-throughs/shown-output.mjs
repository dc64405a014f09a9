// What a walk-through shows of an output: without hashes, and where it asks for single parts, these alone.

/** Stands for lines that are left out. */
const leftOut = '...';

/**
 * @param {string} output of a command
 * @param {readonly string[]} [only] first words of the parts that are shown; a part ends at an empty line, or where a line is not indented
 */
export function shownOutput(output, only) {
  const lines = output
    .replace(/ +sha256 [0-9a-f]+/g, '')
    .trimEnd()
    .split('\n');
  if (only === undefined) return lines.join('\n');
  for (const name of only)
    if (!lines.some((line) => partOf(line) === name)) throw new Error(`nothing in the output begins with "${name}"`);
  let part;
  const kept = lines.map((line) => {
    if (!line.startsWith(' ')) part = partOf(line);
    return only.includes(part);
  });
  return lines.flatMap((line, i) => (kept[i] ? [line] : kept[i - 1] === false ? [] : [leftOut])).join('\n');
}

const partOf = (line) => /^\S+/.exec(line)?.[0];
