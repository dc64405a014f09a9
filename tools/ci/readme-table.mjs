// Tables in Markdown, and the marks between which a README holds a generated one.

/** Whatever Markdown would read as something else in a cell; what is marked as code stands as it is. */
const escaped = (cell) =>
  cell
    .split(/(`[^`]*`)/)
    .map((part) => (part.startsWith('`') ? part : part.replaceAll(/[\\*_<]/g, '\\$&')))
    .join('')
    .replaceAll('|', '\\|');

export function readmeTable(head, rows) {
  const line = (cells) => `| ${cells.map(escaped).join(' | ')} |`;
  return [line(head), `|${head.map(() => ' --- |').join('')}`, ...rows.map(line)].join('\n');
}

/** Puts `content` where the marks of `name` are. Throws where they are not, each once and in order. */
export function replaceList(text, name, content, where) {
  const [begin, end] = [`<!-- generated: ${name} -->`, `<!-- end: ${name} -->`];
  const parts = text.split(begin);
  const [, tail, ...more] = parts.at(-1)?.split(end) ?? [];
  if (parts.length !== 2 || tail === undefined || more.length > 0)
    throw new Error(`${where} must have ${begin} and ${end}, each once and in this order`);
  return `${parts[0]}${begin}\n\n${content}\n\n${end}${tail}`;
}
