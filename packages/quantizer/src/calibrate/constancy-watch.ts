// Watches a calibration for layers that give the same values whatever they are given: dead weights, or an engine that computes nothing.
import {
  diagnose,
  operatorOf,
  tensorAt,
  type Diagnostic,
  type Graph,
  type Node,
  type TensorData,
  type TensorId,
} from '@wherry/graph';
import { quantizerDiagnostics } from '../diagnostics.js';

/** So many samples must differ from the first before a layer that does not is worth a word. */
const enoughSamples = 3;

/** Lives as long as one calibration. Keeps the first sample's values of what has not changed since. */
export class ConstancyWatch {
  readonly #graph: Graph;
  readonly #first = new Map<TensorId, TensorData>();
  /** What depends on the inputs and has given one and the same so far. */
  readonly #same: Set<TensorId>;
  #least = Infinity;
  #greatest = -Infinity;
  #samples = 0;
  #differing = 0;
  #differs = false;

  constructor(graph: Graph) {
    this.#graph = graph;
    this.#same = dependentReals(graph);
  }

  wants(id: TensorId): boolean {
    return this.#same.has(id) || this.#graph.inputs.includes(id);
  }

  see(id: TensorId, data: TensorData): void {
    if (this.#graph.inputs.includes(id)) this.#reach(data);
    const first = this.#first.get(id);
    if (first === undefined) {
      if (this.#samples === 0) this.#first.set(id, data.slice());
      return;
    }
    if (isSame(first, data)) return;
    this.#same.delete(id);
    // Of an input the first sample is still needed, to tell how many others differ.
    if (this.#graph.inputs.includes(id)) this.#differs = true;
    else this.#first.delete(id);
  }

  endSample(): void {
    this.#samples += 1;
    if (this.#differs) this.#differing += 1;
    this.#differs = false;
  }

  #reach(data: TensorData): void {
    for (const value of data) {
      this.#least = Math.min(this.#least, Number(value));
      this.#greatest = Math.max(this.#greatest, Number(value));
    }
  }

  /** One per layer that makes a constant of what is none; what follows from it is not told again. */
  warnings(): readonly Diagnostic[] {
    if (this.#differing < enoughSamples) return [];
    return this.#graph.nodes.flatMap((node) => {
      // A part of the input that never differs is the data's, not the layer's.
      if (operatorOf(node.kind).traits.movesDataOnly === true) return [];
      const reads = node.inputs.filter((id) => id !== null && tensorAt(this.#graph, id).data === undefined);
      if (!node.outputs.some((id) => this.#same.has(id)) || reads.some((id) => this.#same.has(id!))) return [];
      return diagnose(quantizerDiagnostics.QUANT_CONSTANT_LAYER, {
        what: `${node.kind} gives the same values for all ${this.#samples} samples, which differ`,
        where: node.origin,
        next: this.#advice(node),
      });
    });
  }

  /** An output of fixed bounds that reads what differs has run into them. */
  #advice({ kind }: Node): string {
    const [least, greatest] = [this.#least, this.#greatest].map((value) => Number(value.toPrecision(4)));
    const inputs = `the inputs go from ${least} to ${greatest}: check that they are preprocessed as in training`;
    const engine = 'if they are, run with --engine reference: if this warning goes, report it';
    return operatorOf(kind).quantization.output.from === 'fixed'
      ? `it is saturated: what it reads differs and is far too large for it; ${inputs}, such as divided by 255; ${engine}`
      : `${inputs}; ${engine}; if it stays, the weights are dead`;
  }
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

function isSame(a: TensorData, b: TensorData): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
