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
  outputRule,
} from '@wherry/graph';
import { quantizerDiagnostics } from '../diagnostics.js';
import { fingerprint } from './sameness.js';

/** So many samples must differ from the first before a layer that does not is worth a word. */
const enoughSamples = 3;

/** Lives as long as one calibration. */
export class ConstancyWatch {
  readonly #graph: Graph;
  /** What depends on the inputs and has given one and the same. */
  #same: ReadonlySet<TensorId> = new Set();
  #first: readonly string[] | undefined;
  #least = Infinity;
  #greatest = -Infinity;
  #samples = 0;
  #differing = 0;

  constructor(graph: Graph) {
    this.#graph = graph;
  }

  /** Called with the inputs of every sample. */
  seeInputs(inputs: readonly TensorData[]): void {
    inputs.forEach((data) => this.#reach(data));
    const prints = inputs.map(fingerprint);
    this.#first ??= prints;
    this.#samples += 1;
    if (prints.some((print, input) => print !== this.#first![input])) this.#differing += 1;
  }

  /** Called once, with what was seen of all samples. */
  conclude(same: ReadonlySet<TensorId>): void {
    this.#same = same;
  }

  #reach(data: TensorData): void {
    let [least, greatest] = [this.#least, this.#greatest];
    for (let i = 0; i < data.length; i++) {
      const value = Number(data[i]);
      if (value < least) least = value;
      if (value > greatest) greatest = value;
    }
    [this.#least, this.#greatest] = [least, greatest];
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
    return outputRule(kind).from === 'fixed'
      ? `it is saturated: what it reads differs and is far too large for it; ${inputs}, such as divided by 255; ${engine}`
      : `${inputs}; ${engine}; if it stays, the weights are dead`;
  }
}
