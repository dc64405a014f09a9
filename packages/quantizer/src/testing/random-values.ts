// Seeded values and the comparison of two float graphs on them, for the tests of this package.
import { elementCount, evaluate, tensorAt, type Graph, type Shape } from '@wherry/graph';

/** Uniform in [-1, 1], the same on every machine: a linear congruential generator of 32 bits. */
export function randomValues(count: number, seed: number): Float32Array {
  let state = (seed * 2654435761) >>> 0;
  return Float32Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  });
}

export function randomTensor(shape: Shape, seed: number): Float32Array {
  return randomValues(elementCount(shape), seed);
}

/** Greatest difference of the first outputs over `samples` random inputs times `magnitude`. */
export function greatestDifference(before: Graph, after: Graph, { samples = 8, magnitude = 3 } = {}): number {
  let greatest = 0;
  for (let seed = 1; seed <= samples; seed++) {
    const feeds = before.inputs.map((id, position) =>
      randomTensor(tensorAt(before, id).shape, 31 * seed + position).map((value) => value * magnitude),
    );
    const [expected] = evaluate(before, feeds);
    const [actual] = evaluate(after, feeds);
    expected!.forEach((value, i) => (greatest = Math.max(greatest, Math.abs(Number(value) - Number(actual![i])))));
  }
  return greatest;
}
