// Pairs of places as loops: what a strided copy is, told from the places alone.
import type { Dimension } from './nest.js';

/**
 * Dimensions, outermost first, whose loops run through the pairs in their order, given those of the first pair; undefined
 * where no loops do. Steps are those of the first and of the second place.
 */
export function factored(pairs: readonly (readonly [number, number])[]): readonly Dimension[] | undefined {
  const dimensions: Dimension[] = [];
  let heads = pairs;
  while (heads.length > 1) {
    const step = between(heads[0]!, heads[1]!);
    let count = 2;
    while (count < heads.length && same(between(heads[count - 1]!, heads[count]!), step)) count++;
    if (heads.length % count !== 0) return undefined;
    for (let i = 1; i < heads.length; i++)
      if (i % count !== 0 && !same(between(heads[i - 1]!, heads[i]!), step)) return undefined;
    dimensions.unshift({ count, steps: step });
    heads = heads.filter((_, i) => i % count === 0);
  }
  return dimensions;
}

function between(a: readonly [number, number], b: readonly [number, number]): readonly [number, number] {
  return [b[0] - a[0], b[1] - a[1]];
}

function same(a: readonly [number, number], b: readonly [number, number]): boolean {
  return a[0] === b[0] && a[1] === b[1];
}
