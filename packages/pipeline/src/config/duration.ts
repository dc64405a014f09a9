// Times as users write them.

const units: { readonly [unit: string]: number } = { ms: 1e-3, s: 1, min: 60 };

/** Seconds of `10s`, `1.5min` or `500ms`; undefined for anything else. */
export function secondsOf(text: string): number | undefined {
  const [, number, unit] = /^(\d{1,9}(?:\.\d{1,9})?)(ms|s|min)$/.exec(text) ?? [];
  return number === undefined ? undefined : Number(number) * units[unit!]!;
}
