// What decibels of signal to noise mean, in plain words. The ratio is one of powers: errors go with its square root.
import { short } from '@wherry/graph';

/** What float32 itself rounds off is far above. */
const greatestDb = 200;

/** `43.0 dB: the error is 1/140 of the signal`; null: nothing differs. */
export function ratioWords(sqnrDb: number | null): string {
  if (sqnrDb === null) return 'no error: every value is that of the float model';
  return `${decibels(sqnrDb)}: ${errorWords(sqnrDb)}`;
}

export function decibels(sqnrDb: number): string {
  return sqnrDb > greatestDb ? `above ${greatestDb} dB` : `${sqnrDb.toFixed(1)} dB`;
}

/** By root mean squares. */
export function errorWords(sqnrDb: number): string {
  if (sqnrDb > greatestDb) return 'next to nothing differs';
  const ratio = 10 ** (sqnrDb / 20);
  if (ratio >= 1.95) return `the error is 1/${rounded(ratio)} of the signal`;
  if (ratio > 1.05) return `the error is ${Math.round(100 / ratio)} % of the signal`;
  if (ratio >= 0.95) return 'the error is as large as the signal';
  return `the error is ${rounded(1 / ratio)} times the signal`;
}

/** Of a difference in dB: `2.0 dB less noise: errors are 21 % smaller`. */
export function gainWords(gainDb: number): string {
  const ratio = 10 ** (-Math.abs(gainDb) / 20);
  const size = `${Math.abs(gainDb).toFixed(2)} dB`;
  if (Math.round(100 * (1 - ratio)) === 0) return `${size}: errors are as large as before`;
  return gainDb > 0
    ? `${size} less noise: errors are ${Math.round(100 * (1 - ratio))} % smaller`
    : `${size} more noise: errors are ${Math.round(100 * (1 / ratio - 1))} % larger`;
}

/** Two digits that count, no powers of ten. */
function rounded(value: number): string {
  if (value < 10) return short(Number(value.toPrecision(2)));
  const unit = 10 ** (Math.floor(Math.log10(value)) - 1);
  return String(Math.round(value / unit) * unit).replace(/\B(?=(\d{3})+$)/g, ',');
}
