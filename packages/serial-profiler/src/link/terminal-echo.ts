// What a terminal that is not raw makes of requests as it shows them: control codes as ^ and a letter.

/** A zero, the byte of the stuffing, unless it means the end of a file, the version, the type of a request. */
const request = /\^@(?:\^[A-Z])?\^A\^[A-I]/g;

/** Requests among what was heard. */
export function requestsShown(heard: Uint8Array): number {
  return Buffer.from(heard).toString('latin1').match(request)?.length ?? 0;
}
