// Ranks of numbers from 1, equal ones sharing the mean of theirs. What is no number has no rank, and is not to be given.

export function midRanks(values: readonly number[]): Float64Array {
  const order = values.map((_, i) => i).sort((a, b) => orderOf(values[a]!, values[b]!));
  const ranks = new Float64Array(values.length);
  for (let start = 0; start < order.length;) {
    let end = start + 1;
    while (end < order.length && values[order[end]!] === values[order[start]!]) end++;
    for (let i = start; i < end; i++) ranks[order[i]!] = (start + 1 + end) / 2;
    start = end;
  }
  return ranks;
}

/** Infinities have no difference. */
function orderOf(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
