// Whole numbers as options of the command line.
import { InvalidArgumentError } from 'commander';

export function positiveNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('It is no whole number of 1 or more.');
  return Number(text);
}

/** Seconds. */
export function upToAnHour(text: string): number {
  const seconds = positiveNumber(text);
  if (seconds > 3600) throw new InvalidArgumentError('More than an hour is not waited for.');
  return seconds;
}
