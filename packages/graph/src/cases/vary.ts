// Every combination of some choices.

/** The first choice changes slowest. */
export function vary<T extends object>(choices: { readonly [K in keyof T]: readonly T[K][] }): readonly T[] {
  return Object.entries<readonly unknown[]>(choices).reduce<readonly object[]>(
    (partial, [key, values]) => partial.flatMap((made) => values.map((value) => ({ ...made, [key]: value }))),
    [{}],
  ) as readonly T[];
}

/** The element at a place of a list that repeats for ever: what is not worth every combination is dealt out in turn. */
export function dealt<T>(values: readonly T[], place: number): T {
  return values[place % values.length]!;
}
