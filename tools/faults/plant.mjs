// Puts one fault into a file's text: an exact replacement of what stands there once.

/** How often the text that a fault replaces stands in the source; anything but 1 means that the list is out of date. */
export function occurrences(source, { find }) {
  return source.split(find).length - 1;
}

/** The source with the fault in it. */
export function planted(source, { find, replace }) {
  return source.replace(find, () => replace);
}
