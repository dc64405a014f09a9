// Decides the whole quantization and edits nothing.
import {
  operatorOf,
  outputRule,
  roleOf,
  tensorAt,
  weightedOperands,
  WherryError,
  type Graph,
  type Node,
  type OpKind,
  type Tensor,
} from '@wherry/graph';
import type { Calibration } from '../calibrate/calibrate.js';
import type { RangeChoice } from '../calibrate/range.js';
import { quantizerDiagnostics } from '../diagnostics.js';
import { activationInputs, computesActivations, constantRange, decideActivations } from './activation-scales.js';
import { asymmetricInt8 } from './affine.js';
import type { ActivationDecision, NodeDecision, OperandDecision, QuantizationPlan } from './quantization-plan.js';
import { requireRepresentable } from './require-representable.js';
import { biasScales, weightScales } from './weight-scales.js';
import { isNarrowMatrix } from './narrow-matrices.js';

export type Granularity = 'per-axis' | 'per-tensor';

export interface PlanOptions {
  /** Overrides are keyed by the representative of a scale group. */
  readonly range: RangeChoice;
  /** What the target's kernels accept of an operator's weights. */
  readonly granularity: (kind: OpKind) => Granularity;
  /** Gives matrices whose scales would weigh much beside them one scale for all: size against accuracy, so only on demand. */
  readonly compactMatrices?: boolean;
  readonly inputType: 'int8' | 'float32';
  readonly outputType: 'int8' | 'float32';
}

/** Full-integer int8 by the TFLite quantization specification. Throws WherryError for what cannot be int8. */
export function plan(graph: Graph, calibration: Calibration, options: PlanOptions): QuantizationPlan {
  refuseQuantized(graph);
  graph.nodes.forEach((node) => refuseWithoutKernel(graph, node));
  const activations = decideActivations(graph, calibration, options.range);
  const decided: QuantizationPlan = {
    scheme: 'int8',
    inputType: options.inputType,
    outputType: options.outputType,
    activations,
    nodes: graph.nodes.map((node, position) =>
      decideNode({ graph, activations, granularityOf: (each) => granularityOf(graph, each, options) }, node, position),
    ),
  };
  requireRepresentable(graph, decided);
  return decided;
}

function granularityOf(graph: Graph, node: Node, { granularity, compactMatrices }: PlanOptions): Granularity {
  return compactMatrices === true && isNarrowMatrix(graph, node) ? 'per-tensor' : granularity(node.kind);
}

interface Decisions {
  readonly graph: Graph;
  readonly activations: ReadonlyMap<number, ActivationDecision>;
  readonly granularityOf: (node: Node) => Granularity;
}

function decideNode(decisions: Decisions, node: Node, position: number): NodeDecision {
  const { graph, activations } = decisions;
  if (!computesActivations(graph, node)) {
    return {
      node: position,
      constants: node.inputs.map(() => null),
      requantize: [],
      reason: 'computes shapes and indices, stays as it is',
    };
  }
  const constants = node.inputs.map((_, input) => decideConstant(decisions, node, input));
  return {
    node: position,
    constants,
    requantize: decideRequantization(graph, node, activations),
    reason: reasonOf(node, decisions.granularityOf(node)),
  };
}

function reasonOf(node: Node, granularity: Granularity): string {
  const weighted = weightedOperands(node.kind);
  const output = outputRule(node.kind);
  if (weighted !== undefined)
    return `int8, weights ${granularity === 'per-axis' ? `per axis ${weighted.axis}` : 'per tensor'}, int32 bias`;
  if (output.from === 'same-as-inputs') return 'int8, one scale for inputs and output';
  return output.from === 'fixed' ? 'int8, output scale fixed by the specification' : 'int8, output scale calibrated';
}

function decideConstant(decisions: Decisions, node: Node, input: number): OperandDecision | null {
  const { graph, activations } = decisions;
  const id = node.inputs[input]!;
  const { role } = roleOf(node.kind, input);
  if (id === null) return null;
  const tensor = tensorAt(graph, id);
  if (role === 'weights' || role === 'bias') return decideWeighted(decisions, node, role === 'bias');
  if (tensor.data === undefined) return null;
  if (!activationInputs(graph, node).includes(input)) {
    return { dtype: tensor.dtype, reason: 'an index or shape, not a real value' };
  }
  if (outputRule(node.kind).from === 'same-as-inputs') {
    return { ...activations.get(node.outputs[0]!)!, reason: 'shares the scale of the output' };
  }
  return {
    dtype: 'int8',
    quantization: asymmetricInt8(constantRange(tensor.data as Float32Array)),
    reason: 'range of the constant',
  };
}

function decideWeighted(
  { graph, activations, granularityOf }: Decisions,
  node: Node,
  isBias: boolean,
): OperandDecision {
  const { weights, axis, bias, activation } = weightedOperands(node.kind)!;
  const tensorOf = (input: number | undefined): Tensor | undefined => {
    const id = input === undefined ? undefined : node.inputs[input];
    return id === null || id === undefined ? undefined : tensorAt(graph, id);
  };
  const inputDecision = activations.get(node.inputs[activation]!);
  const inputScale = inputDecision?.quantization.scale[0] ?? constantScale(tensorOf(activation)!);
  const perAxis = granularityOf(node) === 'per-axis';
  const scales = weightScales(tensorOf(weights)!, tensorOf(bias), perAxis ? axis : null, inputScale, node.origin);
  return isBias
    ? { dtype: 'int32', quantization: biasScales(inputScale, scales), reason: 'input scale times weight scale' }
    : {
        dtype: 'int8',
        quantization: scales,
        narrow: true,
        reason: perAxis ? `symmetric per axis ${axis}` : 'symmetric per tensor',
      };
}

function constantScale(tensor: Tensor): number {
  return asymmetricInt8(constantRange(tensor.data as Float32Array)).scale[0]!;
}

function decideRequantization(
  graph: Graph,
  node: Node,
  activations: ReadonlyMap<number, ActivationDecision>,
): NodeDecision['requantize'] {
  if (outputRule(node.kind).from !== 'same-as-inputs') return [];
  const output = activations.get(node.outputs[0]!)!;
  return activationInputs(graph, node).flatMap((input) => {
    const own = activations.get(node.inputs[input]!);
    if (own === undefined) return [];
    const same =
      own.quantization.scale[0] === output.quantization.scale[0] &&
      own.quantization.zeroPoint[0] === output.quantization.zeroPoint[0];
    return same
      ? []
      : [
          {
            input,
            to: {
              ...output,
              reason: 'its own scale is fixed by the specification and would cut off what else is read',
            },
          },
        ];
  });
}

/** Throws QUANT_ALREADY_QUANTIZED; callers that read data first ask before. */
export function refuseQuantized(graph: Graph): void {
  const quantized = graph.tensors.find((tensor) => tensor.quantization !== undefined);
  if (quantized === undefined) return;
  throw new WherryError(quantizerDiagnostics.QUANT_ALREADY_QUANTIZED, {
    what: `the model is quantized already: this tensor has the scale ${quantized.quantization!.scale[0]}`,
    where: quantized.name,
    next: 'give the float model that this one was made from',
  });
}

function refuseWithoutKernel(graph: Graph, node: Node): void {
  const { kernels } = operatorOf(node.kind);
  if (!computesActivations(graph, node) || kernels.int8 !== undefined) return;
  throw new WherryError(quantizerDiagnostics.QUANT_NO_INT8_KERNEL, {
    what: `${node.kind} cannot be computed in int8`,
    where: node.origin,
    next: 'replace this layer by one from the operator table (docs/operators.md), or deploy the part before it',
  });
}
