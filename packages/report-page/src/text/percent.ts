// Shares as texts.

/** `12.3 %`. */
export function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

/** For coordinates: no more digits than a screen has. */
export function percentOf(part: number, whole: number): string {
  return `${Number(((100 * part) / Math.max(whole, Number.MIN_VALUE)).toFixed(3))}%`;
}
