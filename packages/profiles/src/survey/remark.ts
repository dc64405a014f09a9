// A thing in a profile or kernel table that is no error, and still not what its writer will have meant.

export interface Remark {
  /** JSON pointer (RFC 6901) into the document with what it extends. */
  readonly where: string;
  readonly what: string;
  readonly next: string;
}
