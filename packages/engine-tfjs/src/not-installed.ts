// Why an engine does not load that nobody has missed.

/** There is nothing to be repaired: an optional part was never installed. */
export class NotInstalled extends Error {}
