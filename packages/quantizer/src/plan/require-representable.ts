// Refuses weights beside which the outputs are so small that no runtime can scale one to the other.
import { integerRange, tensorAt, weightedOperands, WherryError, type DataType, type Graph } from '@wherry/graph';
import { quantizerDiagnostics } from '../diagnostics.js';
import type { QuantizationPlan } from './quantization-plan.js';

/**
 * Kernels multiply the int32 accumulator by 2^shift before the 31-bit mantissa; from 2^31 on that is undefined in C, and
 * runtimes were seen to differ. A channel comes here when its weights are huge and what they give is cut off by a RELU.
 */
const greatestFactor = 2 ** 30;

/** Throws QUANT_SCALE_RANGE with the layer and the weight. */
export function requireRepresentable(graph: Graph, plan: QuantizationPlan): void {
  for (const { node: position, reads } of plan.nodes) {
    const node = graph.nodes[position]!;
    const weighted = weightedOperands(node.kind);
    if (weighted === undefined) continue;
    const { weights, activation } = weighted;
    const filter = reads[weights];
    const input = reads[activation]?.quantization?.scale[0];
    const output = plan.written.get(node.outputs[0]!);
    if (!filter?.quantization || input === undefined || !output?.quantization) continue;
    const [step] = output.quantization.scale as [number];
    const { scale } = filter.quantization;
    const slice = scale.findIndex((each) => (input * each) / step >= greatestFactor);
    if (slice < 0) continue;
    const { name } = tensorAt(graph, node.inputs[weights]!);
    throw new WherryError(quantizerDiagnostics.QUANT_SCALE_RANGE, {
      what:
        `the weights ${name} reach ${magnitude(integerRange(filter.dtype)[1] * scale[slice]!)} in channel ${slice}, while the layer gives values ` +
        `to ${magnitude(span(output.dtype) * step)}`,
      where: node.origin,
      next: 'compare these weights with the model that was trained: a file that was damaged looks like this; or train again with weight decay',
    });
  }
}

function span(dtype: DataType): number {
  const [least, greatest] = integerRange(dtype);
  return greatest - least;
}

function magnitude(value: number): string {
  return value.toPrecision(3);
}
