// Holds the class names of the data against those that the user gave, which stand in the order of the model's outputs.
import { diagnose, type Diagnostic } from '@wherry/graph';
import { dataDiagnostics } from './diagnostics.js';

export interface NamedClasses {
  /** The number of each class of the data. Absent: the labels cannot be told and are left out. */
  readonly numbers?: readonly number[];
  /** Names by number. */
  readonly names: readonly string[];
  readonly warnings: readonly Diagnostic[];
}

/**
 * Without `given`, classes are numbered as the data does, in the order of code units. With it, each class gets the number of
 * its name there, capitals and outer spaces apart, or its own number where it is called by that. With other names nothing
 * says which class is which.
 */
export function matchClassNames(
  own: readonly string[],
  given: readonly string[] | undefined,
  where: string,
): NamedClasses {
  const identity = own.map((_, i) => i);
  // A folder around all samples is no class of its own, unless --labels has its name.
  if (given === undefined) return { ...(own.length > 1 && { numbers: identity }), names: own, warnings: [] };
  const numbers = own.map((name) => numberOf(name, given));
  if (numbers.every((number) => number !== undefined) && new Set(numbers).size === own.length)
    return { numbers, names: given, warnings: [] };
  if (own.length === 1) return { names: given, warnings: [] };
  // Folders named 0, 1, 2 ... say the numbers themselves.
  const digits = own.map((name) => (/^\d{1,6}$/.test(name) ? Number(name) : Infinity));
  if (digits.every((digit) => digit < given.length) && new Set(digits).size === own.length)
    return { numbers: digits, names: given, warnings: [] };
  const warning = diagnose(dataDiagnostics.DATA_CLASS_NAMES, {
    what: `the data calls its classes ${listed(own)} and --labels gives ${listed(given)}; the labels of the data are not used`,
    where,
    next: 'give --labels with the names of the data in the order of the outputs of the model',
  });
  return { names: given, warnings: [warning] };
}

function numberOf(name: string, given: readonly string[]): number | undefined {
  const exact = given.indexOf(name);
  if (exact >= 0) return exact;
  const alike = given.flatMap((other, i) => (plain(other) === plain(name) ? [i] : []));
  return alike.length === 1 ? alike[0] : undefined;
}

function plain(name: string): string {
  return name.trim().toLowerCase();
}

function listed(names: readonly string[]): string {
  return names.length > 12 ? `${names.slice(0, 12).join(',')},... (${names.length})` : names.join(',');
}
