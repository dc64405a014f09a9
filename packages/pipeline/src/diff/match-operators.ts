// Which operator of one graph is which of the other: by structure first, then by neighbours, names and order.
import { alignRest } from './align-rest.js';
import { matchEnds } from './match-ends.js';
import { rawTensorAt, type RawGraph, type RawOperator } from './raw-graph.js';
import { isConversion, KeyNumbers, mostConversions, structureKeys, type KeyDetail } from './structure-keys.js';

/** Partners by index in `operators`; one is nobody's partner twice. */
export interface OperatorMatch {
  readonly ofA: ReadonlyMap<number, number>;
  readonly ofB: ReadonlyMap<number, number>;
}

const details: readonly KeyDetail[] = ['all', 'shapes', 'through'];

/** A match says nothing of being equal: that is compared afterwards, and depends on nothing here. */
export function matchOperators(a: RawGraph, b: RawGraph): OperatorMatch {
  const matching = new Matching(a, b);
  const numbers = new KeyNumbers();
  const names = inputNames(a, b);
  const keys = details.map((detail) => ({
    a: structureKeys(a, detail, numbers, names.a),
    b: structureKeys(b, detail, numbers, names.b),
  }));
  for (const { a: own, b: other } of keys) {
    const both = ({ up, down }: typeof own) => up.map((key, i) => `${key} ${down[i]}`);
    matching.byKey(both(own), both(other));
    matching.byKey(own.up, other.up);
    matching.byKey(own.down, other.down);
    matching.spread();
  }
  matching.byKey(namesOf(a), namesOf(b));
  matching.spread();
  for (const [own, other] of alignRest(a, b, matching)) matching.pair(own, other);
  return matching;
}

function namesOf({ operators }: RawGraph): readonly string[] {
  return operators.map(({ kind, layer, index }) => (layer === '' ? `none ${index}` : `${kind} ${layer}`));
}

function inputNames(a: RawGraph, b: RawGraph): Record<'a' | 'b', ReadonlyMap<number, string>> {
  const pairs = matchEnds(a, b, 'inputs');
  const of = (side: 'a' | 'b', graph: RawGraph): ReadonlyMap<number, string> =>
    new Map(
      pairs.flatMap((pair, i) => {
        const position = pair[side];
        return position === null ? [] : [[graph.inputs[position]!, `input ${i}`] as const];
      }),
    );
  return { a: of('a', a), b: of('b', b) };
}

/** Lives as long as one match is made. */
class Matching implements OperatorMatch {
  readonly ofA = new Map<number, number>();
  readonly ofB = new Map<number, number>();
  #news: [RawOperator, RawOperator][] = [];

  constructor(
    readonly a: RawGraph,
    readonly b: RawGraph,
  ) {}

  /** Of the same kind, and both free. */
  pair(own: RawOperator | undefined, other: RawOperator | undefined): boolean {
    if (own === undefined || other === undefined || own.kind !== other.kind) return false;
    if (this.ofA.has(own.index) || this.ofB.has(other.index)) return false;
    this.ofA.set(own.index, other.index);
    this.ofB.set(other.index, own.index);
    this.#news.push([own, other]);
    return true;
  }

  /** Those that are free and of one key go together, in order, where they are equally many. */
  byKey(keysA: readonly (string | number)[], keysB: readonly (string | number)[]): void {
    const [groupsA, groupsB] = [groups(this.a, keysA, this.ofA), groups(this.b, keysB, this.ofB)];
    for (const [key, own] of groupsA) {
      const other = groupsB.get(key) ?? [];
      if (own.length === other.length) own.forEach((operator, i) => this.pair(operator, other[i]));
    }
  }

  /** What feeds, or alone reads, the same place of matched operators is matched, and so on. */
  spread(): void {
    for (let next = this.#news.pop(); next !== undefined; next = this.#news.pop()) {
      const [own, other] = next;
      own.inputs.forEach((index, slot) =>
        this.pair(writerThrough(this.a, index, this.ofA), writerThrough(this.b, other.inputs[slot] ?? -1, this.ofB)),
      );
      own.outputs.forEach((index, slot) => {
        const readersA = this.#readers(this.a, index, this.ofA);
        const readersB = this.#readers(this.b, other.outputs[slot] ?? -1, this.ofB);
        for (const [place, operators] of readersA) {
          const others = readersB.get(place) ?? [];
          if (operators.length === 1 && others.length === 1) this.pair(operators[0], others[0]);
        }
      });
    }
  }

  #readers(graph: RawGraph, index: number, taken: ReadonlyMap<number, number>): Map<string, RawOperator[]> {
    const places = new Map<string, RawOperator[]>();
    for (const { operator, slot } of graph.readers.get(index) ?? []) {
      if (taken.has(operator.index)) continue;
      const place = `${operator.kind} ${slot}`;
      places.set(place, [...(places.get(place) ?? []), operator]);
    }
    return places;
  }
}

/** Past conversions that have no partner. */
export function writerThrough(
  graph: RawGraph,
  index: number,
  taken: ReadonlyMap<number, number>,
): RawOperator | undefined {
  let operator = graph.writers.get(index)?.operator;
  for (let depth = 0; operator !== undefined && depth < mostConversions; depth++) {
    if (!isConversion(operator) || taken.has(operator.index)) return operator;
    const input = operator.inputs[0] ?? -1;
    if (rawTensorAt(graph, input).data !== undefined) return undefined;
    operator = graph.writers.get(input)?.operator;
  }
  return operator;
}

function groups(
  { operators }: RawGraph,
  keys: readonly (string | number)[],
  taken: ReadonlyMap<number, number>,
): ReadonlyMap<string | number, readonly RawOperator[]> {
  const found = new Map<string | number, RawOperator[]>();
  for (const operator of operators) {
    if (taken.has(operator.index)) continue;
    const key = keys[operator.index]!;
    const group = found.get(key);
    if (group === undefined) found.set(key, [operator]);
    else group.push(operator);
  }
  return found;
}
