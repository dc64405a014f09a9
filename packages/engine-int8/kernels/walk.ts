// Two operands walked row by row, each with steps of its own: broadcasting, and copies into or out of a larger tensor.

/** Where the walk is in both operands. */
export let first: usize = 0;
export let second: usize = 0;

export function begin(firstAt: usize, secondAt: usize): void {
  first = firstAt;
  second = secondAt;
}

/**
 * On to the next row. `walk`: the number of dimensions, then of each, innermost first, its size, the steps of both operands and
 * a counter, which is 0 again behind the last row.
 */
export function next(walk: usize): void {
  const dimensions = load<i32>(walk);
  let entry = walk + 4;
  for (let d: i32 = 0; d < dimensions; d++, entry += 16) {
    const size = load<i32>(entry);
    const done = load<i32>(entry, 12) + 1;
    first += load<i32>(entry, 4);
    second += load<i32>(entry, 8);
    if (done < size) {
      store<i32>(entry, done, 12);
      return;
    }
    store<i32>(entry, 0, 12);
    first -= size * load<i32>(entry, 4);
    second -= size * load<i32>(entry, 8);
  }
}
