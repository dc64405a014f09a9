// Words for a command line that somebody's shell reads.

/** As one word of a POSIX shell, whatever is in it. */
export function shellWord(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** The same, without quotes where none are needed. */
export function readableShellWord(text: string): string {
  return /^[\w./:@%+-]+$/.test(text) ? text : shellWord(text);
}
