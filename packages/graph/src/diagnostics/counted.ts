// A number with its noun, as it is said.

/** `1 sample`, `2 samples`; `more` where an s at the end does not do. */
export function counted(count: number, one: string, more = `${one}s`): string {
  return `${count} ${count === 1 ? one : more}`;
}
