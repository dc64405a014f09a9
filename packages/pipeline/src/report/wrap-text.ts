// Breaks a long line between words, the rest of it set in.

/** Of a report's lines. */
export const reportWidth = 120;

/** Lines of at most `width` characters where the words allow it. */
export function wrapText(line: string, width: number, indent: string): string[] {
  const lines: string[] = [];
  let rest = line;
  while (rest.length > width) {
    const start = lines.length === 0 ? 0 : indent.length;
    const before = rest.lastIndexOf(' ', width);
    const at = before > start ? before : rest.indexOf(' ', width);
    if (at < 0) break;
    lines.push(rest.slice(0, at));
    rest = `${indent}${rest.slice(at + 1)}`;
  }
  return [...lines, rest];
}
