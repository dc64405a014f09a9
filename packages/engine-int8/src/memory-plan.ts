// Where everything that an executor needs lies in the memory of its kernels: planned first, so that the memory never moves in use.
import { elementCount, tensorAt, type Graph, type TensorId } from '@wherry/graph';
import { slackBytes } from './layout.js';
import { lifetimesOf, type Lifetime } from './lifetimes.js';
import { shareMemory } from './share-memory.js';

/** Vectors may lie anywhere, but within a cache line they are read at once. */
const alignment = 64;

export type Constant = Int8Array | Int16Array | Int32Array;

/** Somewhere in the kernels' memory. */
export interface Place {
  /** Known, and read, once the plan is laid out. */
  readonly at: number;
}

interface Reserved {
  at: number;
  readonly bytes: number;
  lifetime: Lifetime;
}

interface Written {
  at: number;
  readonly bytes: number;
  readonly write: (target: Int8Array) => void;
}

export class MemoryPlan {
  readonly #graph: Graph;
  readonly #lifetimes: ReadonlyMap<TensorId, Lifetime>;
  readonly #tensors = new Map<TensorId, Reserved>();
  readonly #reserved: Reserved[] = [];
  readonly #constants = new Map<Constant, Written>();
  readonly #written: Written[] = [];
  readonly #ignored = new Map<TensorId, number>();
  #position = 0;

  constructor(graph: Graph) {
    this.#graph = graph;
    this.#lifetimes = lifetimesOf(graph);
  }

  /** What is asked for from now on is for the node at `position`. */
  moveTo(position: number): void {
    this.#position = position;
  }

  /** int8 values of a tensor: their place from the first node that asks for it to the last one that reads them. */
  tensor(id: TensorId): Place {
    const { data, shape } = tensorAt(this.#graph, id);
    if (data instanceof Int8Array) return this.constant(data);
    const known = this.#tensors.get(id);
    if (known !== undefined) return known;
    const reserved = this.#reserve(elementCount(shape), this.#lifetimes.get(id)!);
    this.#tensors.set(id, reserved);
    return reserved;
  }

  /** `output` is written nowhere: it has the very bytes of `input`, which no constant is. */
  sameTensor(output: TensorId, input: TensorId): void {
    this.tensor(input);
    const reserved = this.#tensors.get(input)!;
    const { first, last } = reserved.lifetime;
    reserved.lifetime = { first, last: Math.max(last, this.#lifetimes.get(output)!.last) };
    this.#tensors.set(output, reserved);
  }

  /** The node does without this input of it. */
  ignore(id: TensorId): void {
    this.#ignored.set(id, (this.#ignored.get(id) ?? 0) + 1);
  }

  /** Nodes that have the input and do without it. */
  timesIgnored(id: TensorId): number {
    return this.#ignored.get(id) ?? 0;
  }

  /** Bytes of any content, of this node alone. */
  scratch(bytes: number): Place {
    return this.#reserve(bytes, { first: this.#position, last: this.#position });
  }

  /** A copy of `data`; of the same array once. */
  constant(data: Constant): Place {
    const known = this.#constants.get(data);
    if (known !== undefined) return known;
    const written = this.written(data.byteLength, (target) =>
      target.set(new Int8Array(data.buffer, data.byteOffset, data.byteLength)),
    ) as Written;
    this.#constants.set(data, written);
    return written;
  }

  /** What `write` makes of `bytes` zeros. */
  written(bytes: number, write: (target: Int8Array) => void): Place {
    const written: Written = { at: NaN, bytes, write };
    this.#written.push(written);
    return written;
  }

  /** Tensors that have a place. */
  get placed(): ReadonlyMap<TensorId, Place> {
    return this.#tensors;
  }

  /** Of what is written before the first run. */
  get constantBytes(): number {
    return this.#written.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** Decides all places. Returns the bytes that the memory must have. */
  layOut(): number {
    let bytes = 0;
    for (const written of this.#written) {
      written.at = bytes;
      bytes += withSlack(written.bytes);
    }
    const shared = shareMemory(this.#reserved);
    this.#reserved.forEach((reserved, index) => (reserved.at = bytes + shared.offsets[index]!));
    return bytes + shared.bytes;
  }

  /** Writes the constants into `memory`, which may have served another plan. */
  fill(memory: ArrayBuffer): void {
    for (const { at, bytes, write } of this.#written) {
      new Int8Array(memory, at, withSlack(bytes)).fill(0);
      write(new Int8Array(memory, at, bytes));
    }
  }

  #reserve(bytes: number, lifetime: Lifetime): Reserved {
    const reserved: Reserved = { at: NaN, bytes: withSlack(bytes), lifetime };
    this.#reserved.push(reserved);
    return reserved;
  }
}

function withSlack(bytes: number): number {
  return Math.ceil((bytes + slackBytes) / alignment) * alignment;
}
