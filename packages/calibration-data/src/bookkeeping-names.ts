// Names that systems and tools leave beside people's data, which are never samples or classes.

const names: ReadonlySet<string> = new Set([
  '__macosx',
  '__pycache__',
  'thumbs.db',
  'ehthumbs.db',
  'desktop.ini',
  '@eadir',
  '$recycle.bin',
  'system volume information',
]);

/** One part of a path: hidden ones (a dot first, so also macOS's `._name` twins) and those of the list. */
export function isBookkeeping(name: string): boolean {
  return name.startsWith('.') || names.has(name.toLowerCase());
}

/** Whether any part of a path with `/` is of that kind. */
export function isBookkeepingPath(path: string): boolean {
  return path.split('/').some((part) => part !== '' && isBookkeeping(part));
}
