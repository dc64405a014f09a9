// What is gathered of the tensors that differ over all inputs: which, how far, and whose fault it is.
import { tensorAt, type TensorData, type TensorId } from '@wherry/graph';
import { faultyLayers } from './faulty-layers.js';
import type { MeasuredModel } from './measured-model.js';
import { compareTensors, type TensorDifference } from './tensor-difference.js';

export interface DifferingTensor {
  /** Its position among those that layers write. */
  readonly tensor: number;
  /** That of the layer, from 0. */
  readonly position: number;
  readonly layer: string;
  readonly operator: string;
  readonly shape: readonly number[];
  readonly dtype: string;
  /** How many of the inputs it differs with, and the first of them. */
  readonly inputs: number;
  readonly input: number;
  readonly difference: TensorDifference;
}

/** A tensor that an operator writes. */
export interface WrittenTensor {
  readonly id: TensorId;
  readonly operator: number;
}

/** Inputs that every layer is judged by itself on, whatever is known by then. */
const looksAtLeast = 10;

export class Differences {
  readonly #model: MeasuredModel;
  readonly #written: readonly WrittenTensor[];
  /** By their position in the order of execution. */
  readonly #differing = new Map<number, DifferingTensor>();
  readonly #faulty = new Map<number, DifferingTensor>();
  readonly #close = new Set<number>();
  #looks = 0;
  /** The first that differs with the input that is under way. */
  #first: number | null = null;

  constructor(model: MeasuredModel, written: readonly WrittenTensor[]) {
    this.#model = model;
    this.#written = written;
  }

  begin(): void {
    this.#first = null;
  }

  /** Of the input under way; tensors come in the order of execution. */
  add(input: number, tensor: number, expected: Uint8Array, got: Uint8Array): void {
    const difference = compareTensors(this.#model.graph, this.#written[tensor]!.id, expected, got);
    if (difference === 'close') this.#close.add(tensor);
    if (typeof difference === 'string') return;
    this.#first ??= tensor;
    this.#count(this.#differing, tensor, input, difference);
  }

  /** The first tensor that differs had the right inputs: it has to be among the faulty, and others may be behind it. */
  get needsLook(): boolean {
    return this.#first !== null && (this.#looks < looksAtLeast || !this.#faulty.has(this.#first));
  }

  /** Judges each layer by itself. `onDevice`: what operators wrote there, in the order of execution. */
  look(input: number, feeds: readonly TensorData[], onDevice: readonly Uint8Array[]): void {
    this.#looks++;
    for (const { tensor, difference } of faultyLayers(this.#model.graph, feeds, onDevice))
      this.#count(this.#faulty, tensor, input, difference);
  }

  get differing(): readonly DifferingTensor[] {
    return inOrder(this.#differing);
  }

  get faulty(): readonly DifferingTensor[] {
    return inOrder(this.#faulty);
  }

  /** Tensors of real numbers that are the same but for rounding, with some input. */
  get close(): number {
    return [...this.#close].filter((tensor) => !this.#differing.has(tensor)).length;
  }

  #count(into: Map<number, DifferingTensor>, tensor: number, input: number, difference: TensorDifference): void {
    const known = into.get(tensor);
    into.set(
      tensor,
      known === undefined ? this.#told(tensor, input, difference) : { ...known, inputs: known.inputs + 1 },
    );
  }

  #told(tensor: number, input: number, difference: TensorDifference): DifferingTensor {
    const { graph, layers } = this.#model;
    const { id, operator } = this.#written[tensor]!;
    const { shape, dtype } = tensorAt(graph, id);
    return {
      tensor,
      position: operator,
      layer: layers[operator]!,
      operator: graph.nodes[operator]!.kind,
      shape,
      dtype,
      inputs: 1,
      input,
      difference,
    };
  }
}

function inOrder(tensors: ReadonlyMap<number, DifferingTensor>): readonly DifferingTensor[] {
  return [...tensors].sort(([a], [b]) => a - b).map(([, tensor]) => tensor);
}
