// Inputs and outputs of two graphs: number, order, and what a firmware has to know of each.
import { tensorChanges } from './compare-tensors.js';
import type { Change, EndDifference, EndsDifference, EndTensor } from './document.js';
import type { EndPair } from './match-ends.js';
import { rawTensorAt, type RawGraph } from './raw-graph.js';

export function compareEnds(
  a: RawGraph,
  b: RawGraph,
  ends: 'inputs' | 'outputs',
  pairs: readonly EndPair[],
): EndsDifference {
  return {
    count: { a: a[ends].length, b: b[ends].length },
    reordered: pairs.some((pair) => pair.a !== null && pair.b !== null && pair.a !== pair.b),
    pairs: pairs.map((pair) => endDifference(a, b, ends, pair)),
  };
}

function endDifference(a: RawGraph, b: RawGraph, ends: 'inputs' | 'outputs', pair: EndPair): EndDifference {
  const [own, other] = [endTensor(a, ends, pair.a), endTensor(b, ends, pair.b)];
  if (own === null || other === null) return { a: own, b: other, changes: [] };
  const position: Change[] =
    own.position === other.position ? [] : [{ what: 'position', name: 'position', a: own.position, b: other.position }];
  const name: Change[] = own.name === other.name ? [] : [{ what: 'name', name: 'name', a: own.name, b: other.name }];
  const [tensorA, tensorB] = [rawTensorAt(a, a[ends][own.position]!), rawTensorAt(b, b[ends][other.position]!)];
  return { a: own, b: other, changes: [...position, ...name, ...tensorChanges(tensorA, tensorB)] };
}

function endTensor(graph: RawGraph, ends: 'inputs' | 'outputs', position: number | null): EndTensor | null {
  if (position === null) return null;
  const { name, shape, type, scale, zeroPoint } = rawTensorAt(graph, graph[ends][position]!);
  return { position, name, shape, type, scale, zeroPoint };
}
