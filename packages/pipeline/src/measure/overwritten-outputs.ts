// Outputs that are not what their layer wrote any more, once the inference is over.
import { tensorAt, type Graph } from '@wherry/graph';
import { compareTensors, type TensorDifference } from './tensor-difference.js';

export interface OverwrittenOutput {
  /** Its position among the outputs of the model, and its name. */
  readonly output: number;
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: string;
  /** How many of the inputs it differs with, and the first of them. */
  readonly inputs: number;
  readonly input: number;
  readonly difference: TensorDifference;
}

export class OverwrittenOutputs {
  readonly #graph: Graph;
  readonly #found = new Map<number, OverwrittenOutput>();

  constructor(graph: Graph) {
    this.#graph = graph;
  }

  /** `left`: what the layer wrote; of an output that no layer writes, what it has to be. */
  add(input: number, output: number, left: Uint8Array, got: Uint8Array): void {
    const id = this.#graph.outputs[output]!;
    const difference = compareTensors(this.#graph, id, left, got);
    if (typeof difference === 'string') return;
    const { name, shape, dtype } = tensorAt(this.#graph, id);
    const known = this.#found.get(output) ?? { output, name, shape, dtype, inputs: 0, input, difference };
    this.#found.set(output, { ...known, inputs: known.inputs + 1 });
  }

  get found(): readonly OverwrittenOutput[] {
    return [...this.#found.values()].sort((a, b) => a.output - b.output);
  }
}
