// Refuses weights beside which the outputs are so small that no runtime can scale one to the other.
import { tensorAt, weightedOperands, WherryError, type Graph } from '@wherry/graph';
import { quantizerDiagnostics } from '../diagnostics.js';
import type { QuantizationPlan } from './quantization-plan.js';

/**
 * Kernels multiply the int32 accumulator by 2^shift before the 31-bit mantissa; from 2^31 on that is undefined in C, and
 * runtimes were seen to differ. A channel comes here when its weights are huge and what they give is cut off by a RELU.
 */
const greatestFactor = 2 ** 30;

/** Throws QUANT_SCALE_RANGE with the layer and the weight. */
export function requireRepresentable(graph: Graph, plan: QuantizationPlan): void {
  for (const { node: position, constants } of plan.nodes) {
    const node = graph.nodes[position]!;
    const weighted = weightedOperands(node.kind);
    if (weighted === undefined) continue;
    const { weights, activation } = weighted;
    const filter = constants[weights]?.quantization;
    const input = plan.activations.get(node.inputs[activation]!)?.quantization.scale[0];
    const output = plan.activations.get(node.outputs[0]!)?.quantization.scale[0];
    if (filter === undefined || input === undefined || output === undefined) continue;
    const slice = filter.scale.findIndex((scale) => (input * scale) / output >= greatestFactor);
    if (slice < 0) continue;
    const { name } = tensorAt(graph, node.inputs[weights]!);
    throw new WherryError(quantizerDiagnostics.QUANT_SCALE_RANGE, {
      what:
        `the weights ${name} reach ${magnitude(127 * filter.scale[slice]!)} in channel ${slice}, while the layer gives values ` +
        `to ${magnitude(255 * output)}`,
      where: node.origin,
      next: 'compare these weights with the model that was trained: a file that was damaged looks like this; or train again with weight decay',
    });
  }
}

function magnitude(value: number): string {
  return value.toPrecision(3);
}
