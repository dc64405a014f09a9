// Errors as plain values: what a channel makes of an Error is no WherryError any more.
import { WherryError, type DiagnosticDefinition, type DiagnosticDetails } from '@wherry/graph';

type Failure =
  | { readonly definition: DiagnosticDefinition; readonly details: DiagnosticDetails }
  | { readonly message: string; readonly stack: string | undefined };

export function failureOf(error: unknown): Failure {
  if (error instanceof WherryError) return { definition: error.definition, details: error.details };
  return error instanceof Error
    ? { message: error.message, stack: error.stack }
    : { message: String(error), stack: undefined };
}

export function errorOf(failure: unknown): Error {
  const told = failure as Failure;
  if ('definition' in told) return new WherryError(told.definition, told.details);
  const error = new Error(told.message);
  if (told.stack !== undefined) error.stack = told.stack;
  return error;
}
