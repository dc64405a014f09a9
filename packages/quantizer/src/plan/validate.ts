// A second, naive reading of the quantization specification that judges every plan before it is applied.
import { outputRule, tensorAt, weightedOperands, WherryError, type Graph, type Quantization } from '@wherry/graph';
import { quantizerDiagnostics } from '../diagnostics.js';
import { computesActivations } from './activation-scales.js';
import type { NodeDecision, QuantizationPlan } from './quantization-plan.js';

/** Returns the plan. Throws QUANT_PLAN_INVALID with the node and the rule that is broken. */
export function validatePlan(graph: Graph, plan: QuantizationPlan): QuantizationPlan {
  for (const [id, decision] of plan.activations) {
    if (!isPerTensor(decision.quantization))
      refuse('an activation has one scale and a zero point in [-128, 127]', tensorAt(graph, id).name);
  }
  for (const decision of plan.nodes) {
    const node = graph.nodes[decision.node]!;
    if (computesActivations(graph, node)) validateNode(graph, plan, decision);
  }
  return plan;
}

function isPerTensor({ scale, zeroPoint }: Quantization): boolean {
  return (
    scale.length === 1 &&
    scale[0]! > 0 &&
    Number.isInteger(zeroPoint[0]) &&
    zeroPoint[0]! >= -128 &&
    zeroPoint[0]! <= 127
  );
}

function validateNode(graph: Graph, plan: QuantizationPlan, decision: NodeDecision): void {
  const node = graph.nodes[decision.node]!;
  const weighted = weightedOperands(node.kind);
  const output = outputRule(node.kind);
  const where = `${node.kind} ${node.origin}`;
  const scaleInto = (input: number): Quantization | undefined =>
    decision.requantize.find((entry) => entry.input === input)?.to.quantization ??
    decision.constants[input]?.quantization ??
    plan.activations.get(node.inputs[input] ?? -1)?.quantization;
  const outputs = node.outputs
    .filter((_, position) => outputRule(node.kind, position).from !== 'none')
    .map((id) => plan.activations.get(id)?.quantization);
  if (output.from === 'fixed' && outputs[0]?.scale[0] !== Math.fround(output.int8.scale))
    refuse('the output scale is the fixed one', where);
  if (output.from === 'same-as-inputs') {
    node.inputs.forEach((_, input) => {
      const own = scaleInto(input);
      if (
        own !== undefined &&
        outputs.some((q) => q?.scale[0] !== own.scale[0] || q?.zeroPoint[0] !== own.zeroPoint[0])
      ) {
        refuse('inputs and outputs share one scale', where);
      }
    });
  }
  if (weighted === undefined) return;
  const { weights, axis, bias, activation } = weighted;
  const filter = scaleInto(weights)!;
  const slices = tensorAt(graph, node.inputs[weights]!).shape[axis];
  if (filter.scale.length !== 1 && (filter.axis !== axis || filter.scale.length !== slices))
    refuse(`weights have one scale, or one per slice of axis ${axis}`, where);
  if (filter.zeroPoint.some((zeroPoint) => zeroPoint !== 0)) refuse('weights have zero point 0', where);
  const biasScale = bias === undefined ? undefined : decision.constants[bias]?.quantization;
  const inputScale = scaleInto(activation)!.scale[0]!;
  biasScale?.scale.forEach((scale, slice) => {
    if (scale !== Math.fround(inputScale * filter.scale[slice]!))
      refuse('bias scale is input scale times weight scale', where);
  });
}

function refuse(rule: string, where: string): never {
  throw new WherryError(quantizerDiagnostics.QUANT_PLAN_INVALID, {
    what: `the plan breaks the rule: ${rule}`,
    where,
    next: 'report this: nothing was written',
  });
}
