// How far kernels shift 32-bit values up, by the names that their settings have: what ends in `shift`, or an array `shifts`.
import type { Argument, KernelCall, SettingsValues } from './kernel-call.js';

/** C has no shift of a 32-bit value by 32 or more; what the interpreters do there is left to their compilers. */
export const mostShift = 31;

/** 0 where nothing is shifted up. */
export function greatestShift(calls: readonly KernelCall[]): number {
  return Math.max(0, ...calls.flatMap((call) => call.arguments.flatMap(shiftsOf)));
}

function shiftsOf(argument: Argument): readonly number[] {
  switch (argument.is) {
    case 'array':
      return argument.name === 'shifts' ? Array.from(argument.values) : [];
    case 'records':
      return argument.records.flatMap(shiftsAmong);
    case 'settings':
      return shiftsAmong(argument.values);
    default:
      return [];
  }
}

function shiftsAmong(values: SettingsValues): readonly number[] {
  return Object.entries(values).flatMap(([field, value]) => {
    if (typeof value === 'number') return /(?:^|_)shift$/.test(field) ? [value] : [];
    return Array.isArray(value) ? [] : shiftsAmong(value as SettingsValues);
  });
}
