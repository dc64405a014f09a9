// Numbers as texts for people write them.

/** Four digits that count. */
export function short(value: number): string {
  return String(Number(value.toPrecision(4)));
}

/** Thousands apart, in no locale's manner but ours. */
export function grouped(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}
