// Which tensors have had one and the same values so far: by a fingerprint, as the values of all of them are not to be held.
import { readsActivations, tensorAt, type Graph, type TensorData, type TensorId } from '@wherry/graph';

/** Of every tensor that was watched: the fingerprint of all samples, or null where they differ. */
export type SamenessPart = ReadonlyMap<TensorId, string | null>;

/** Lives as long as one calibration. */
export class Sameness {
  readonly #seen = new Map<TensorId, string | null>();
  readonly #watched: ReadonlySet<TensorId>;

  constructor(graph: Graph) {
    this.#watched = dependentReals(graph);
  }

  wants(id: TensorId): boolean {
    return this.#watched.has(id) && this.#seen.get(id) !== null;
  }

  see(id: TensorId, data: TensorData): void {
    const print = fingerprint(data);
    const before = this.#seen.get(id) ?? print;
    this.#seen.set(id, before === print ? print : null);
  }

  get part(): SamenessPart {
    return this.#seen;
  }

  /** Tensors of which all parts have seen one and the same. */
  static of(parts: readonly SamenessPart[]): ReadonlySet<TensorId> {
    const filled = parts.filter(({ size }) => size > 0);
    return new Set(
      [...(filled[0] ?? [])].flatMap(([id, print]) =>
        print !== null && filled.every((part) => part.get(id) === print) ? [id] : [],
      ),
    );
  }
}

/** Multiplicative hashes over the values' bits, four side by side, as each waits for its last step; the two zeros are one value. */
export function fingerprint(data: TensorData): string {
  const words = wordsOf(data);
  let [a, b, c, d] = [1, 2, 3, 4];
  const whole = words.length & ~3;
  for (let i = 0; i < whole; i += 4) {
    a = Math.imul(a ^ oneZero(words[i]!), 0xcc9e2d51);
    b = Math.imul(b ^ oneZero(words[i + 1]!), 0x1b873593);
    c = Math.imul(c ^ oneZero(words[i + 2]!), 0x85ebca6b);
    d = Math.imul(d ^ oneZero(words[i + 3]!), 0xc2b2ae35);
    // A multiplication carries to higher bits alone: these bring them down again, into another's hash.
    a ^= d >>> 15;
    b ^= a >>> 13;
    c ^= b >>> 16;
    d ^= c >>> 14;
  }
  for (let i = whole; i < words.length; i++) a = Math.imul(a ^ oneZero(words[i]!), 0xcc9e2d51) ^ (a >>> 15);
  return [words.length, a, b, c, d].join(' ');
}

const negativeZero = -0x80000000;

function oneZero(word: number): number {
  return word === negativeZero ? 0 : word;
}

function wordsOf(data: TensorData): Int32Array {
  if (data instanceof Float32Array) return new Int32Array(data.buffer, data.byteOffset, data.length);
  return new Int32Array(Float32Array.from(data as ArrayLike<number>, Number).buffer);
}

/** Inputs, and what is computed from them, in real numbers. */
function dependentReals(graph: Graph): Set<TensorId> {
  const dependent = new Set(graph.inputs);
  for (const { inputs, outputs } of graph.nodes)
    if (inputs.some((id) => id !== null && dependent.has(id))) for (const id of outputs) dependent.add(id);
  // A vector of dimensions is no activation.
  for (const { kind, outputs } of graph.nodes)
    if (!readsActivations(kind)) for (const id of outputs) dependent.delete(id);
  return new Set([...dependent].filter((id) => tensorAt(graph, id).dtype === 'float32'));
}
