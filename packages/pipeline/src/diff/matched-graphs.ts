// Two graphs with what is known of which operator and which tensor of one is which of the other.
import { matchEnds, type EndPair } from './match-ends.js';
import { matchOperators, type OperatorMatch } from './match-operators.js';
import { rawTensorAt, type RawGraph, type RawOperator, type RawTensor } from './raw-graph.js';
import { isConversion, mostConversions } from './structure-keys.js';

/** Lives as long as one comparison: tensors that nothing writes are matched where they are first read. */
export class MatchedGraphs {
  readonly match: OperatorMatch;
  readonly inputs: readonly EndPair[];
  readonly outputs: readonly EndPair[];
  /** Matched operators in the order of `a`. */
  readonly pairs: readonly (readonly [RawOperator, RawOperator])[];
  readonly #tensorOfB = new Map<number, number>();
  readonly #taken = new Map<number, number>();

  constructor(
    readonly a: RawGraph,
    readonly b: RawGraph,
  ) {
    this.match = matchOperators(a, b);
    this.inputs = matchEnds(a, b, 'inputs');
    this.pairs = a.operators.flatMap((own) => {
      const other = this.match.ofA.get(own.index);
      return other === undefined ? [] : [[own, b.operators[other]!] as const];
    });
    for (const pair of this.inputs)
      if (pair.a !== null && pair.b !== null) this.#join(a.inputs[pair.a]!, b.inputs[pair.b]!);
    for (const [own, other] of this.pairs)
      own.outputs.forEach((index, slot) => this.#join(index, other.outputs[slot] ?? -1));
    this.outputs = this.#matchOutputs();
  }

  /** Tensors that inputs and matched operators write, in pairs. */
  get tensorPairs(): readonly (readonly [RawTensor, RawTensor])[] {
    return [...this.#tensorOfB].map(([own, other]) => [rawTensorAt(this.a, own), rawTensorAt(this.b, other)]);
  }

  /** Whether both read the same: one tensor, or a constant each. Conversions that only one of the graphs has do not count. */
  sameSource(own: number, other: number): boolean {
    if (own < 0 || other < 0) return own < 0 && other < 0;
    const [constantA, constantB] = [this.constantBehind('a', own), this.constantBehind('b', other)];
    if (constantA !== undefined || constantB !== undefined) return constantA !== undefined && constantB !== undefined;
    return this.#sources('a', own).some((from) => this.#sources('b', other).some((to) => this.#isOne(from, to)));
  }

  /** Whether the operators' outputs are one tensor: not where a file writes to none, or twice to the same. */
  sameTarget(own: number, other: number): boolean {
    return own < 0 || other < 0 ? own === other : this.#tensorOfB.get(own) === other;
  }

  /** The values that a tensor has in every run: its own, or those that an unmatched DEQUANTIZE unpacks. */
  constantBehind(side: 'a' | 'b', index: number): RawTensor | undefined {
    return this.#sources(side, index)
      .map((each) => rawTensorAt(this[side], each))
      .find(({ data }) => data !== undefined);
  }

  /** The tensor, and behind it what conversions without a partner read. */
  #sources(side: 'a' | 'b', index: number): readonly number[] {
    const [graph, taken] = [this[side], side === 'a' ? this.match.ofA : this.match.ofB];
    const sources = [index];
    for (let depth = 0; depth < mostConversions; depth++) {
      const writer = graph.writers.get(sources.at(-1)!)?.operator;
      if (writer === undefined || !isConversion(writer) || taken.has(writer.index)) break;
      sources.push(writer.inputs[0] ?? -1);
    }
    return sources;
  }

  #isOne(own: number, other: number): boolean {
    if (this.#tensorOfB.has(own) || this.#taken.has(other)) return this.#tensorOfB.get(own) === other;
    const isOpen = !this.a.writers.has(own) && !this.b.writers.has(other) && own >= 0 && other >= 0;
    if (isOpen) this.#join(own, other);
    return isOpen;
  }

  #join(own: number, other: number): void {
    if (own < 0 || other < 0 || this.#tensorOfB.has(own) || this.#taken.has(other)) return;
    this.#tensorOfB.set(own, other);
    this.#taken.set(other, own);
  }

  /** By what writes them; what that does not tell by name, and then in order. */
  #matchOutputs(): readonly EndPair[] {
    const free = new Set(this.b.outputs.keys());
    const partner = new Map<number, number>();
    this.a.outputs.forEach((own, position) => {
      const found = this.#partnerOf(own, free);
      if (found === undefined) return;
      partner.set(position, found);
      free.delete(found);
    });
    const rest = matchEnds(
      { ...this.a, outputs: this.a.outputs.filter((_, position) => !partner.has(position)) },
      { ...this.b, outputs: this.b.outputs.filter((_, position) => free.has(position)) },
      'outputs',
    );
    const restA = [...this.a.outputs.keys()].filter((position) => !partner.has(position));
    const restB = [...free];
    const pairs: EndPair[] = [
      ...[...partner].map(([a, b]) => ({ a, b })),
      ...rest.map(({ a, b }) => ({ a: a === null ? null : restA[a]!, b: b === null ? null : restB[b]! })),
    ];
    return pairs.sort((x, y) => (x.a ?? Infinity) - (y.a ?? Infinity) || (x.b ?? 0) - (y.b ?? 0));
  }

  #partnerOf(own: number, free: ReadonlySet<number>): number | undefined {
    const sources = this.#sources('a', own);
    return [...free].find((position) => {
      const others = this.#sources('b', this.b.outputs[position]!);
      return sources.some((from) => others.some((to) => this.#tensorOfB.get(from) === to));
    });
  }
}
