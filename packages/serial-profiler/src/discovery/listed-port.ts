// A port of this machine that hangs on USB, as it is listed before any is opened.

export interface ListedPort {
  readonly path: string;
  /** Four lower-case hexadecimal digits. */
  readonly vendorId: string;
  readonly productId: string;
  /** What the device calls itself; empty where it does not. */
  readonly product: string;
}
