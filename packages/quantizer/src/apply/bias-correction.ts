// What is to be taken out of a bias: the mean error that rounding the weights makes, and what was measured at the outputs.
import { roleOf, tensorAt, weightedOperands, type Graph, type Node } from '@wherry/graph';
import type { Memory } from '../memory.js';
import type { NodeDecision } from '../plan/quantization-plan.js';
import type { ApplyOptions } from './apply.js';
import { meanOutputError } from './correct-bias.js';
import { quantizeConstant } from './quantize-constant.js';

interface Operand {
  readonly node: Node;
  readonly decision: NodeDecision;
  readonly input: number;
}

/** Per output channel, in real units; undefined for other inputs than biases, and when there is nothing. */
export function biasCorrection(
  graph: Graph,
  { node, decision, input }: Operand,
  options: ApplyOptions & { readonly memory: Memory },
): Float64Array | undefined {
  if (roleOf(node.kind, input).role !== 'bias') return undefined;
  const measured = options.outputErrors?.get(node.outputs[0]!);
  const expected = roundingError(graph, node, decision, options);
  return measured === undefined ? expected : measured.map((error, channel) => error + (expected?.[channel] ?? 0));
}

function roundingError(
  graph: Graph,
  node: Node,
  { reads }: NodeDecision,
  { correctBias, integers: found, memory }: ApplyOptions & { readonly memory: Memory },
): Float64Array | undefined {
  const weighted = weightedOperands(node.kind);
  if (weighted === undefined || correctBias === undefined) return undefined;
  // Whoever found weights that are not the nearest knows what is left of their error.
  if (found?.has(node.inputs[weighted.weights] ?? -1) === true) return undefined;
  const statistics = correctBias.statistics.get(node.inputs[weighted.activation] ?? -1);
  const { quantization, dtype } = reads[weighted.weights]!;
  if (statistics === undefined || quantization === undefined) return undefined;
  const { data, shape } = tensorAt(graph, node.inputs[weighted.weights]!);
  const weights = data as Float32Array;
  const integers = quantizeConstant(weights, shape, { dtype, quantization, narrow: true }, memory);
  // By the integers, then by the statistics of the input: candidates of a choice share both.
  const known = memory.recall(integers, 'rounding errors', () => new WeakMap<object, Float64Array>());
  const error =
    known.get(statistics) ??
    meanOutputError({ weights, integers, shape, quantization, axis: weighted.axis }, statistics.channelMean);
  known.set(statistics, error);
  return error;
}
