// A device's own word that it does not do what it was asked: whoever asked knows what it means.
import type { ErrorName } from '@wherry/device-protocol';

export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: ErrorName;
  readonly detail: number;

  constructor(code: ErrorName, detail: number) {
    super(`${code} ${detail}`);
    this.code = code;
    this.detail = detail;
  }
}
