// Which input of one graph is which of the other, and the same of outputs.
import { rawTensorAt, type RawGraph } from './raw-graph.js';

/** Positions; `null` where the other graph has none for it. */
export interface EndPair {
  readonly a: number | null;
  readonly b: number | null;
}

/** By name where both have it once; what is left goes together in order. The pairs stand in the order of `a`, then `b`. */
export function matchEnds(a: RawGraph, b: RawGraph, ends: 'inputs' | 'outputs'): readonly EndPair[] {
  const [namesA, namesB] = [namesOf(a, ends), namesOf(b, ends)];
  const once = (names: readonly string[], name: string): boolean =>
    name !== '' && names.indexOf(name) === names.lastIndexOf(name);
  const partner = new Map<number, number>();
  namesA.forEach((name, position) => {
    const other = namesB.indexOf(name);
    if (other >= 0 && once(namesA, name) && once(namesB, name)) partner.set(position, other);
  });
  const taken = new Set(partner.values());
  const restB = namesB.map((_, position) => position).filter((position) => !taken.has(position));
  const pairs: EndPair[] = namesA.map((_, position) => ({
    a: position,
    b: partner.get(position) ?? restB.shift() ?? null,
  }));
  return [...pairs, ...restB.map((position) => ({ a: null, b: position }))];
}

function namesOf(graph: RawGraph, ends: 'inputs' | 'outputs'): readonly string[] {
  return graph[ends].map((index) => rawTensorAt(graph, index).name);
}
