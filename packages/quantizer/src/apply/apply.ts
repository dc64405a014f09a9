// Carries a plan out: builds the quantized graph beside the float one.
import {
  allocate,
  GraphBuilder,
  roleOf,
  tensorAt,
  weightedOperands,
  verify,
  type Graph,
  type Node,
  type Quantization,
  type TensorId,
} from '@wherry/graph';
import type { Calibration } from '../calibrate/calibrate.js';
import type { NodeDecision, OperandDecision, QuantizationPlan } from '../plan/quantization-plan.js';
import { validatePlan } from '../plan/validate.js';
import { meanOutputError } from './correct-bias.js';
import { quantizeConstant, sameQuantization } from './quantize-constant.js';

export interface ApplyOptions {
  /** Moves the mean error of weight rounding into the bias. Needs the calibration's channel means. */
  readonly correctBias?: Calibration;
  /** Mean errors measured per channel, by the layer's float output; they are taken out of its bias as well. */
  readonly outputErrors?: ReadonlyMap<TensorId, Float64Array>;
  /** Leaves the integers of constants at zero, where only the form of the graph is asked for. */
  readonly blank?: boolean;
}

export interface Applied {
  readonly graph: Graph;
  /** Float tensor to quantized tensor: what accuracy reports compare. */
  readonly tensorOf: ReadonlyMap<TensorId, TensorId>;
}

interface RoundingError {
  readonly weights: object;
  readonly error: Float64Array;
}

/** By the integers, then by the statistics of the input: candidates of a selection share both. */
const roundingErrors = new WeakMap<object, WeakMap<object, RoundingError>>();

/** Judges the plan first; returns a graph that passes `verify`. */
export function apply(graph: Graph, plan: QuantizationPlan, options: ApplyOptions = {}): Applied {
  validatePlan(graph, plan);
  const application = new Application(graph, plan, options);
  return application.run();
}

/** Lives for one `apply`: the builder, and what has been carried over already. */
class Application {
  readonly #builder: GraphBuilder;
  readonly #tensorOf = new Map<TensorId, TensorId>();
  readonly #constants = new Map<
    TensorId,
    readonly { readonly decision: OperandDecision | null; readonly id: TensorId }[]
  >();

  constructor(
    private readonly graph: Graph,
    private readonly plan: QuantizationPlan,
    private readonly options: ApplyOptions,
  ) {
    this.#builder = new GraphBuilder(graph.name);
  }

  run(): Applied {
    this.graph.inputs.forEach((id) => this.#addInput(id));
    this.plan.nodes.forEach((decision) => this.#addNode(decision));
    const outputs = this.graph.outputs.map((id) => this.#addOutput(id));
    return { graph: verify(this.#builder.finish(outputs), 'quantization'), tensorOf: this.#tensorOf };
  }

  #addInput(id: TensorId): void {
    const { name, shape, dtype } = tensorAt(this.graph, id);
    const decision = this.plan.activations.get(id);
    if (decision === undefined) {
      this.#tensorOf.set(id, this.#builder.input(name, shape, dtype));
    } else if (this.plan.inputType === 'int8') {
      this.#tensorOf.set(id, this.#builder.input(name, shape, 'int8', decision.quantization));
    } else {
      const input = this.#builder.input(name, shape, 'float32');
      this.#tensorOf.set(id, this.#quantize(input, decision.quantization, `${name}/quantize`));
    }
  }

  #addOutput(id: TensorId): TensorId {
    const tensor = this.#tensorOf.get(id) ?? this.#addConstant(id, null, undefined);
    if (this.plan.outputType === 'int8' || this.plan.activations.get(id) === undefined) return tensor;
    const { name } = tensorAt(this.graph, id);
    return this.#builder.add('DEQUANTIZE', [tensor], {}, { origin: `${name}/dequantize` });
  }

  #quantize(input: TensorId, quantization: Quantization, origin: string): TensorId {
    return this.#builder.add(
      'QUANTIZE',
      [input],
      {},
      { origin, outputQuantization: quantization, outputDtype: 'int8' },
    );
  }

  #addNode(decision: NodeDecision): void {
    const node = this.graph.nodes[decision.node]!;
    const inputs = node.inputs.map((id, input) => (id === null ? null : this.#inputOf(node, decision, id, input)));
    const activation = this.plan.activations.get(node.outputs[0]!);
    const outputs = this.#builder.addAll(node.kind, inputs, node.attributes, {
      origin: node.origin,
      names: node.outputs.map((id) => tensorAt(this.graph, id).name),
      outputShape: tensorAt(this.graph, node.outputs[0]!).shape,
      outputDtype: activation?.dtype ?? tensorAt(this.graph, node.outputs[0]!).dtype,
      ...(activation === undefined ? {} : { outputQuantization: activation.quantization }),
    });
    node.outputs.forEach((id, position) => this.#tensorOf.set(id, outputs[position]!));
  }

  #inputOf(node: Node, decision: NodeDecision, id: TensorId, input: number): TensorId {
    const constant = decision.constants[input];
    if (constant !== null && constant !== undefined) {
      return this.#addConstant(id, constant, this.#correctionFor(node, decision, input));
    }
    const known = this.#tensorOf.get(id) ?? this.#addConstant(id, null, undefined);
    const requantize = decision.requantize.find((entry) => entry.input === input);
    return requantize === undefined
      ? known
      : this.#quantize(known, requantize.to.quantization, `${node.origin}/requantize`);
  }

  /** Two nodes share a constant only when it comes out the same for both; one that is corrected belongs to its node. */
  #addConstant(source: TensorId, decision: OperandDecision | null, correction: Float64Array | undefined): TensorId {
    const shared = correction === undefined ? (this.#constants.get(source) ?? []) : [];
    const known = shared.find((entry) => sameForm(entry.decision, decision));
    if (known !== undefined) return known.id;
    const tensor = tensorAt(this.graph, source);
    const quantization = decision?.quantization;
    const id =
      decision === null || quantization === undefined
        ? this.#builder.constant(tensor.name, tensor.shape, tensor.data!, tensor.dtype)
        : this.#builder.constant(
            tensor.name,
            tensor.shape,
            this.options.blank === true
              ? allocate(decision.dtype, tensor.data!.length)
              : quantizeConstant(
                  corrected(tensor.data as Float32Array, correction),
                  tensor.shape,
                  decision.dtype,
                  quantization,
                  decision.narrow === true,
                ),
            decision.dtype,
            quantization,
          );
    if (correction === undefined) this.#constants.set(source, [...shared, { decision, id }]);
    return id;
  }

  /** What is to be subtracted of a bias; undefined for other inputs, and when there is nothing. */
  #correctionFor(node: Node, decision: NodeDecision, input: number): Float64Array | undefined {
    if (roleOf(node.kind, input).role !== 'bias') return undefined;
    const measured = this.options.outputErrors?.get(node.outputs[0]!);
    const expected = this.#roundingError(node, decision);
    return measured === undefined ? expected : measured.map((error, channel) => error + (expected?.[channel] ?? 0));
  }

  #roundingError(node: Node, decision: NodeDecision): Float64Array | undefined {
    const weighted = weightedOperands(node.kind);
    if (weighted === undefined) return undefined;
    const { weights, axis, activation } = weighted;
    const statistics = this.options.correctBias?.statistics.get(node.inputs[activation] ?? -1);
    if (statistics === undefined) return undefined;
    const tensor = tensorAt(this.graph, node.inputs[weights]!);
    const { quantization, dtype } = decision.constants[weights]!;
    const integers = quantizeConstant(tensor.data as Float32Array, tensor.shape, dtype, quantization!, true);
    const byStatistics = roundingErrors.get(integers) ?? new WeakMap<object, RoundingError>();
    const known = byStatistics.get(statistics);
    if (known !== undefined && known.weights === tensor.data) return known.error;
    const operand = {
      weights: tensor.data as Float32Array,
      integers,
      shape: tensor.shape,
      quantization: quantization!,
      axis,
    };
    const error = meanOutputError(operand, statistics.channelMean);
    roundingErrors.set(integers, byStatistics.set(statistics, { weights: operand.weights, error }));
    return error;
  }
}

function sameForm(a: OperandDecision | null, b: OperandDecision | null): boolean {
  if (a?.quantization === undefined || b?.quantization === undefined)
    return a?.dtype === b?.dtype && a?.quantization === b?.quantization;
  return a.dtype === b.dtype && sameQuantization(a.quantization, b.quantization);
}

function corrected(values: Float32Array, correction: Float64Array | undefined): ArrayLike<number> {
  if (correction === undefined) return values;
  const less = Float64Array.from(values);
  for (let i = 0; i < less.length; i++) less[i]! -= correction[i]!;
  return less;
}
