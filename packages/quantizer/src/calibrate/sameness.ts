// Which tensors have had one and the same values so far: by a fingerprint, as the values of all of them are not to be held.
import { operatorOf, tensorAt, type Graph, type TensorData, type TensorId } from '@wherry/graph';

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

/** 64 bits of a multiplicative hash over the values' bits; the two zeros are one value. */
export function fingerprint(data: TensorData): string {
  const words = wordsOf(data);
  let [a, b] = [0x9e3779b9, 0x85ebca6b];
  for (let i = 0; i < words.length; i++) {
    const word = words[i] === negativeZero ? 0 : words[i]!;
    a = Math.imul(a ^ word, 0xcc9e2d51);
    a ^= a >>> 15;
    b = Math.imul(b + word, 0x1b873593);
    b ^= b >>> 13;
  }
  return `${words.length} ${a >>> 0} ${b >>> 0}`;
}

const negativeZero = -0x80000000;

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
    if (operatorOf(kind).quantization.activations.length === 0) for (const id of outputs) dependent.delete(id);
  return new Set([...dependent].filter((id) => tensorAt(graph, id).dtype === 'float32'));
}
