// Throws this package's refusals in one short form.
import { WherryError, type DiagnosticDetails } from '@wherry/graph';
import { dataDiagnostics } from './diagnostics.js';

export function refuse(code: keyof typeof dataDiagnostics, details: DiagnosticDetails, cause?: unknown): never {
  throw new WherryError(dataDiagnostics[code], details, cause === undefined ? undefined : { cause });
}
