// From a quantized model to the start of its training, and from what was trained to a quantized model again.
import { roleOf, tensorAt, weightedOperands, type Graph, type TensorData, type TensorId } from '@wherry/graph';
import { apply, type Applied } from '../apply/apply.js';
import type { Range } from '../calibrate/range.js';
import { realConstant } from '../apply/real-constant.js';
import { rangeOfScale } from './affine.js';
import type { ChosenRange } from './choose-ranges.js';
import { affine } from './number-format.js';
import { plan, type PlanOptions } from './plan.js';
import type { QuantizationPlan } from './quantization-plan.js';
import type { TrainableFormats } from './trainable-formats.js';

export interface TrainedNumbers {
  /** Real weights and biases, by the constants' ids. */
  readonly constants: ReadonlyMap<TensorId, Float32Array>;
  /** Of activations, by group. */
  readonly ranges: ReadonlyMap<TensorId, Range>;
  /** What becomes the greatest integer of weights, per scale. */
  readonly magnitudes: ReadonlyMap<TensorId, readonly number[]>;
}

/** `float`: what the plan was made of; scales that are fixed, or those of the inputs, stay what they were. */
export function quantizeTrained(
  float: Graph,
  trained: TrainedNumbers,
  formats: TrainableFormats,
  options: PlanOptions,
): Applied & { readonly plan: QuantizationPlan } {
  const graph = withConstants(float, trained.constants);
  const ranges = new Map<TensorId, ChosenRange>();
  for (const [id, { group, fixed, least, greatest, symmetric }] of formats.activations) {
    const own = fixed === undefined ? trained.ranges.get(group) : undefined;
    const whole = { scale: [fixed?.scale ?? 1], zeroPoint: [fixed?.zeroPoint ?? 0], axis: 0 };
    const format = affine(greatest - least > 255 ? 'int16' : 'int8', symmetric ? { symmetric } : {});
    ranges.set(
      id,
      own === undefined ? { ...rangeOfScale(whole, format), from: 'fixed' } : { ...own, from: 'training' },
    );
  }
  const decided = plan(graph, ranges, { ...options, magnitudes: trained.magnitudes });
  return { ...apply(graph, decided), plan: decided };
}

/**
 * The float graph with the biases that the quantized one has, and, where they were not rounded to the nearest, its weights:
 * what training starts from gives what the quantized graph gives.
 */
export function startOfTraining(
  float: Graph,
  { graph, plan: { nodes }, tensorOf }: Applied & { readonly plan: QuantizationPlan },
  keepsWeights: boolean,
): Graph {
  const constants = new Map<TensorId, Float32Array>();
  for (const { node: position } of nodes) {
    const node = float.nodes[position]!;
    if (weightedOperands(node.kind) === undefined) continue;
    const made = graph.nodes.find(({ outputs }) => outputs.includes(tensorOf.get(node.outputs[0]!)!))!;
    node.inputs.forEach((id, input) => {
      const { role } = roleOf(node.kind, input);
      const own = made.inputs[input] ?? null;
      if (id === null || own === null || !(role === 'bias' || (role === 'weights' && keepsWeights))) return;
      const real = realConstant(tensorAt(graph, own));
      if (real !== undefined) constants.set(id, real);
    });
  }
  return withConstants(float, constants);
}

function withConstants(graph: Graph, constants: ReadonlyMap<TensorId, TensorData>): Graph {
  return {
    ...graph,
    tensors: graph.tensors.map((tensor, id) => (constants.has(id) ? { ...tensor, data: constants.get(id)! } : tensor)),
  };
}
