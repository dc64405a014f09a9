// Carries a plan out: a new graph with integer constants, and a conversion wherever a reader wants another format than is written.
import {
  GraphBuilder,
  operatorOf,
  outputRule,
  roleOf,
  tensorAt,
  verify,
  type Graph,
  type Node,
  type TensorData,
  type TensorId,
} from '@wherry/graph';
import type { Calibration } from '../calibrate/calibrate.js';
import { Memory } from '../memory.js';
import { sameNumbers, type TensorFormat } from '../plan/number-format.js';
import type { NodeDecision, QuantizationPlan } from '../plan/quantization-plan.js';
import { schemes } from '../plan/schemes/index.js';
import { biasCorrection } from './bias-correction.js';
import { Constants } from './constants.js';
import { convert } from './convert.js';
import { validateNumbers } from './validate-numbers.js';

export interface ApplyOptions {
  /** Moves the mean error of weight rounding into the bias. Needs the calibration's channel means. */
  readonly correctBias?: Calibration;
  /** Mean errors measured per channel, by the layer's float output; they are taken out of its bias as well. */
  readonly outputErrors?: ReadonlyMap<TensorId, Float64Array> | undefined;
  /** Integers that were found for weights, by the float constant, in place of the nearest. */
  readonly integers?: ReadonlyMap<TensorId, TensorData>;
  /** Leaves the integers of constants at zero, where only the form of the graph is asked for. */
  readonly blank?: boolean;
  /** Of the choice that this is a candidate of. */
  readonly memory?: Memory;
}

export interface Applied {
  readonly graph: Graph;
  /** Float tensor to what its writer gives now: what accuracy reports compare. */
  readonly tensorOf: ReadonlyMap<TensorId, TensorId>;
}

/** Returns a graph that a naive reading of the specification and `verify` pass. */
export function apply(graph: Graph, plan: QuantizationPlan, options: ApplyOptions = {}): Applied {
  return new Application(graph, plan, { memory: new Memory(), ...options }).run();
}

interface Converted {
  readonly format: TensorFormat;
  readonly id: TensorId;
}

/** Lives for one `apply`: the builder, and what has been carried over already. */
class Application {
  readonly #builder: GraphBuilder;
  readonly #constants: Constants;
  readonly #tensorOf = new Map<TensorId, TensorId>();
  readonly #converted = new Map<TensorId, readonly Converted[]>();

  constructor(
    private readonly graph: Graph,
    private readonly plan: QuantizationPlan,
    private readonly options: ApplyOptions & { readonly memory: Memory },
  ) {
    this.#builder = new GraphBuilder(graph.name);
    this.#constants = new Constants(graph, this.#builder, options);
  }

  run(): Applied {
    this.graph.inputs.forEach((id, position) => this.#addInput(id, this.plan.inputs[position]!));
    this.plan.nodes.forEach((decision) => this.#addNode(decision));
    const outputs = this.graph.outputs.map((id, position) => this.#addOutput(id, this.plan.outputs[position]!));
    const graph = validateNumbers(this.#builder.finish(outputs));
    return { graph: verify(graph, 'quantization'), tensorOf: this.#tensorOf };
  }

  /** What is fed otherwise than it is inside is converted first of all: what was fed is not needed any longer then. */
  #addInput(id: TensorId, fed: TensorFormat | null): void {
    const { name, shape, dtype } = tensorAt(this.graph, id);
    const input = this.#builder.input(name, shape, fed?.dtype ?? dtype, fed?.quantization);
    const inside = this.plan.written.get(id);
    const isSame = fed === null || inside === undefined || sameNumbers(fed, inside);
    this.#tensorOf.set(id, isSame ? input : convert(this.#builder, input, fed, inside, name));
  }

  #addOutput(id: TensorId, wanted: TensorFormat | null): TensorId {
    return this.#read(id, wanted, tensorAt(this.graph, id).name);
  }

  #addNode(decision: NodeDecision): void {
    const node = this.graph.nodes[decision.node]!;
    const isSharing = outputRule(node.kind).from === 'same-as-inputs';
    const inputs = node.inputs.map((id, input) => {
      if (id === null) return null;
      if (roleOf(node.kind, input).role === 'state') return this.#addState(id);
      const wanted = decision.reads[input] ?? null;
      if (tensorAt(this.graph, id).data === undefined) return this.#read(id, wanted, node.origin, !isSharing);
      const correction = biasCorrection(this.graph, { node, decision, input }, this.options);
      return this.#constants.add(id, wanted, correction);
    });
    const written = node.outputs.map((id) => this.plan.written.get(id));
    const outputs = this.#builder.addAll(node.kind, inputs, attributesOf(node, decision), {
      origin: node.origin,
      names: node.outputs.map((id) => tensorAt(this.graph, id).name),
      outputShape: tensorAt(this.graph, node.outputs[0]!).shape,
      outputDtype: written[0]?.dtype ?? tensorAt(this.graph, node.outputs[0]!).dtype,
      outputQuantization: written.map((format) => format?.quantization),
    });
    node.outputs.forEach((id, position) => this.#tensorOf.set(id, outputs[position]!));
  }

  /** Real, as nothing else is planned for. */
  #addState(id: TensorId): TensorId {
    const { name, shape, dtype } = tensorAt(this.graph, id);
    const known = this.#tensorOf.get(id) ?? this.#builder.state(name, shape, dtype);
    this.#tensorOf.set(id, known);
    return known;
  }

  /**
   * Readers that want the same share one conversion, which stands where the first of them reads; but not where it depends on
   * the ranges whether there is one, as what is alive longer takes memory that could not be foretold.
   */
  #read(id: TensorId, wanted: TensorFormat | null, origin: string, isShared = true): TensorId {
    const known = this.#tensorOf.get(id) ?? this.#constants.add(id, null, undefined);
    const written = this.plan.written.get(id);
    if (wanted === null || written === undefined || sameNumbers(written, wanted)) return known;
    const others = isShared ? (this.#converted.get(id) ?? []) : [];
    const found = others.find(({ format }) => sameNumbers(format, wanted));
    if (found !== undefined) return found.id;
    const converted = convert(this.#builder, known, written, wanted, origin);
    if (isShared) this.#converted.set(id, [...others, { format: wanted, id: converted }]);
    return converted;
  }
}

function attributesOf({ kind, attributes }: Node, { scheme, reads }: NodeDecision): Node['attributes'] {
  const hasReals = scheme !== null && schemes[scheme].activations.kind === 'real';
  const isHybrid = hasReals && reads.some((format) => format?.quantization !== undefined);
  return isHybrid ? { ...attributes, ...operatorOf(kind).hybridAttributes } : attributes;
}
