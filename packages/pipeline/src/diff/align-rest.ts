// Operators that neither structure nor neighbours told: aligned in their order, within what is matched around them.
import { rawTensorAt, type RawGraph, type RawOperator } from './raw-graph.js';
import type { OperatorMatch } from './match-operators.js';

/** Pairs that may be looked at; more are left unmatched, which is said as removed and added. */
const mostPairs = 4_000_000;

/** Where an operator has its place among the matched ones: the partners of those before and behind it, as indices of `b`. */
interface Place {
  readonly after: number;
  readonly before: number;
}

/** The pairs of the alignment that is worth the most; no two of them cross. */
export function alignRest(a: RawGraph, b: RawGraph, match: OperatorMatch): readonly [RawOperator, RawOperator][] {
  const restA = a.operators.filter(({ index }) => !match.ofA.has(index));
  const restB = b.operators.filter(({ index }) => !match.ofB.has(index));
  if (restA.length * restB.length > mostPairs) return [];
  const places = placesOf(a, match);
  const worth = (own: RawOperator, other: RawOperator): number => {
    const { after, before } = places[own.index]!;
    if (own.kind !== other.kind || other.index <= after || other.index >= before) return 0;
    return (
      2 + (shapesOf(a, own) === shapesOf(b, other) ? 2 : 0) + (own.layer !== '' && own.layer === other.layer ? 3 : 0)
    );
  };
  const width = restB.length + 1;
  const best = new Int32Array((restA.length + 1) * width);
  for (let i = restA.length - 1; i >= 0; i--)
    for (let j = restB.length - 1; j >= 0; j--) {
      const own = worth(restA[i]!, restB[j]!);
      const paired = own === 0 ? 0 : own + best[(i + 1) * width + j + 1]!;
      best[i * width + j] = Math.max(paired, best[(i + 1) * width + j]!, best[i * width + j + 1]!);
    }
  const pairs: [RawOperator, RawOperator][] = [];
  for (let [i, j] = [0, 0]; i < restA.length && j < restB.length;) {
    const here = best[i * width + j]!;
    if (here === best[(i + 1) * width + j]!) i++;
    else if (here === best[i * width + j + 1]!) j++;
    else pairs.push([restA[i++]!, restB[j++]!]);
  }
  return pairs;
}

function placesOf({ operators }: RawGraph, { ofA }: OperatorMatch): readonly Place[] {
  const partners = operators.map(({ index }) => ofA.get(index));
  const after: number[] = [];
  partners.forEach((partner, i) => after.push(Math.max(after[i - 1] ?? -1, partner ?? -1)));
  const before = partners.map(() => Infinity);
  for (let i = partners.length - 1; i >= 0; i--)
    before[i] = Math.min(before[i + 1] ?? Infinity, partners[i] ?? Infinity);
  return partners.map((_, i) => ({ after: after[i]!, before: before[i]! }));
}

function shapesOf(graph: RawGraph, { outputs }: RawOperator): string {
  return outputs.map((index) => `[${rawTensorAt(graph, index).shape.join()}]`).join('');
}
