// What every refusal and warning looks like: a stable code, what, where, and the next act.
import type { ExitCode } from './exit-code.js';

/** The unchanging part of a diagnostic; `explanation` is what `deploy explain CODE` prints. */
export interface DiagnosticDefinition<Code extends string = string> {
  readonly code: Code;
  readonly exitCode: ExitCode;
  readonly title: string;
  readonly explanation: string;
}

/** The part that only the place of the fault knows. */
export interface DiagnosticDetails {
  /** One sentence with the offending values in it. */
  readonly what: string;
  /** The user's layer, the tensor, the path in the file, the byte. */
  readonly where?: string | undefined;
  /** What to do now, as an instruction. */
  readonly next: string;
}

export interface Diagnostic extends DiagnosticDetails {
  readonly code: string;
  readonly title: string;
}

type Definitions<T> = { readonly [K in keyof T]: DiagnosticDefinition<K & string> };

/** A package's catalogue: each key is the code that users see, UPPER_SNAKE with the area first. */
export function defineDiagnostics<const T extends Record<string, Omit<DiagnosticDefinition, 'code'>>>(
  definitions: T,
): Definitions<T> {
  const entries = Object.entries(definitions).map(([code, rest]) => [code, { code, ...rest }]);
  return Object.fromEntries(entries) as Definitions<T>;
}

/** Everything that goes wrong because of what a user or a file gave. Anything else thrown is a bug. */
export class WherryError extends Error {
  readonly definition: DiagnosticDefinition;
  readonly details: DiagnosticDetails;

  constructor(definition: DiagnosticDefinition, details: DiagnosticDetails, options?: ErrorOptions) {
    super(formatDiagnostic(diagnose(definition, details)), options);
    this.name = 'WherryError';
    this.definition = definition;
    this.details = details;
  }

  get diagnostic(): Diagnostic {
    return diagnose(this.definition, this.details);
  }
}

/** A diagnostic as a value, for warnings that travel in results rather than being thrown. */
export function diagnose(definition: DiagnosticDefinition, details: DiagnosticDetails): Diagnostic {
  return { code: definition.code, title: definition.title, ...details };
}

/** `CODE: what` / `at where` / `next act`, one per line, without control characters from hostile names. */
export function formatDiagnostic(diagnostic: Diagnostic): string {
  const lines = [`${diagnostic.code}: ${diagnostic.what}`];
  if (diagnostic.where !== undefined) lines.push(`  at    ${diagnostic.where}`);
  lines.push(`  next  ${diagnostic.next}`);
  return lines.map(printable).join('\n');
}

/** Replaces what could move a terminal's cursor or reverse its text: C0/C1 controls and bidi marks. */
export function printable(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '\uFFFD');
}
