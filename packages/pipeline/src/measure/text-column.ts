// The text of a measurement stands in one column.

/** Where text begins beside the word that a line of a measurement begins with. */
export const indent = ' '.repeat(14);
