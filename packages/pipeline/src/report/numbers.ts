// Numbers as the report writes them.

/** Four digits that count. */
export function short(value: number): string {
  return String(Number(value.toPrecision(4)));
}

export function percent(part: number, whole: number): string {
  return `${((100 * part) / whole).toFixed(1)} %`;
}

/** Thousands apart, in no locale's manner but ours. */
export function grouped(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}
