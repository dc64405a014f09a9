// Which scale every activation gets: fixed by the specification, shared within a group, or calibrated.
import {
  outputRule,
  positionsOf,
  tensorAt,
  type DataType,
  type FixedScale,
  type Graph,
  type Node,
  type TensorId,
} from '@wherry/graph';
import type { Calibration } from '../calibrate/calibrate.js';
import { inputRange, rangeOf, withZero, type Range, type RangeChoice } from '../calibrate/range.js';
import { asymmetricInt8 } from './affine.js';
import type { ActivationDecision } from './quantization-plan.js';
import { ScaleGroups } from './scale-groups.js';

/** Positions of the inputs of `node` that hold real-valued activations, constants among them included. */
export function activationInputs(graph: Graph, node: Node): number[] {
  const isFloat = (position: number): boolean => {
    const id = node.inputs[position];
    return id !== null && id !== undefined && tensorAt(graph, id).dtype === 'float32';
  };
  return positionsOf(node, 'activation').filter(isFloat);
}

/** True when the node reads or writes real values, so that it has to be computed in integers. */
export function computesActivations(graph: Graph, node: Node): boolean {
  const ids = [...node.inputs, ...node.outputs];
  return ids.some((id) => id !== null && tensorAt(graph, id).dtype === 'float32');
}

/** One decision per activation tensor, in ascending order of tensor ids. */
export function decideActivations(
  graph: Graph,
  calibration: Calibration,
  range: RangeChoice,
): Map<TensorId, ActivationDecision> {
  const groups = scaleGroups(graph);
  const ranges = groupRanges(graph, groups, calibration, range);
  const decisions = new Map<TensorId, ActivationDecision>();
  for (const id of activationTensors(graph)) {
    decisions.set(id, decide(graph, id, groups, ranges.get(groups.rootOf(id)), { calibration, range }));
  }
  return decisions;
}

function decide(
  graph: Graph,
  id: TensorId,
  groups: ScaleGroups,
  range: Range | undefined,
  context: { readonly calibration: Calibration; readonly range: RangeChoice },
): ActivationDecision {
  const fixed = groups.fixedScale(id);
  if (fixed !== undefined) {
    const quantization = { scale: [Math.fround(fixed.scale)], zeroPoint: [fixed.zeroPoint], axis: 0 };
    return { dtype: 'int8', quantization, reason: 'fixed by the quantization specification' };
  }
  const root = groups.rootOf(id);
  const known = range ?? { min: 0, max: 0 };
  const interval = `[${known.min.toPrecision(4)}, ${known.max.toPrecision(4)}]`;
  const { method } = context.range.overrides?.get(root) ?? context.range;
  const measured = `${method} over ${context.calibration.samples} samples: ${interval}`;
  const reason = root === id ? measured : `shares the scale of ${tensorAt(graph, root).name}, ${measured}`;
  return { dtype: 'int8' satisfies DataType, quantization: asymmetricInt8(known), reason };
}

function activationTensors(graph: Graph): TensorId[] {
  const ids = new Set<TensorId>();
  const add = (id: TensorId): void => {
    const { dtype, data } = tensorAt(graph, id);
    if (dtype === 'float32' && data === undefined) ids.add(id);
  };
  graph.inputs.forEach(add);
  for (const node of graph.nodes) node.outputs.forEach(add);
  return [...ids].sort((a, b) => a - b);
}

/** Which activations share one scale, and which scales the specification fixes. */
export function scaleGroups(graph: Graph): ScaleGroups {
  const groups = new ScaleGroups();
  for (const node of graph.nodes) {
    node.outputs.forEach((id, position) => {
      const rule = outputRule(node.kind, position);
      if (rule.from === 'fixed') groups.fix(id, rule.int8);
      if (rule.from === 'same-as-inputs') shareScale(graph, node, id, groups);
    });
  }
  return groups;
}

/**
 * A scale that the specification fixes goes on only where it fits all that is read: what else is read would be cut off at
 * 1. Otherwise a fixed input keeps its scale, and the node decision asks for a QUANTIZE in between.
 */
function shareScale(graph: Graph, node: Node, output: TensorId, groups: ScaleGroups): void {
  const inputs = activationInputs(graph, node).map((position) => node.inputs[position]!);
  const isFixed = (id: TensorId): boolean => groups.fixedScale(id) !== undefined;
  const [first] = inputs.filter(isFixed);
  const fixed = first === undefined ? undefined : groups.fixedScale(first);
  const goesOn = fixed !== undefined && inputs.every((id) => fits(graph, id, groups, fixed));
  for (const input of inputs) {
    if (tensorAt(graph, input).data !== undefined || (isFixed(input) && !goesOn)) continue;
    groups.join(input, output);
  }
}

function fits(graph: Graph, id: TensorId, groups: ScaleGroups, fixed: FixedScale): boolean {
  const { data } = tensorAt(graph, id);
  if (data !== undefined) {
    const [range, own] = [rangeOfFixed(fixed), constantRange(data as Float32Array)];
    return own.min >= range.min && own.max <= range.max;
  }
  const scale = groups.fixedScale(id);
  return scale?.scale === fixed.scale && scale.zeroPoint === fixed.zeroPoint;
}

/** All that int8 has at that scale. */
function rangeOfFixed({ scale, zeroPoint }: FixedScale): Range {
  return { min: scale * (-128 - zeroPoint), max: scale * (127 - zeroPoint) };
}

function groupRanges(
  graph: Graph,
  groups: ScaleGroups,
  calibration: Calibration,
  choice: RangeChoice,
): Map<TensorId, Range> {
  const ranges = new Map<TensorId, Range>();
  const widen = (id: TensorId, { min, max }: Range): void => {
    const root = groups.rootOf(id);
    const known = ranges.get(root) ?? { min: 0, max: 0 };
    ranges.set(root, { min: Math.min(known.min, min), max: Math.max(known.max, max) });
  };
  const writtenBySharing = new Set(
    graph.nodes.flatMap((node) =>
      node.outputs.filter((_, position) => outputRule(node.kind, position).from !== 'calibration'),
    ),
  );
  const inputs = new Set(graph.inputs);
  for (const [id, statistics] of calibration.statistics) {
    if (writtenBySharing.has(id)) continue;
    widen(
      id,
      inputs.has(id) ? inputRange(statistics) : rangeOf(statistics, choice.overrides?.get(groups.rootOf(id)) ?? choice),
    );
  }
  for (const node of graph.nodes) {
    const sharing = node.outputs.filter((_, position) => outputRule(node.kind, position).from === 'same-as-inputs');
    for (const position of activationInputs(graph, node)) {
      const input = node.inputs[position]!;
      const { data } = tensorAt(graph, input);
      const fixed = groups.fixedScale(input);
      const brought = data === undefined ? fixed && rangeOfFixed(fixed) : constantRange(data as Float32Array);
      if (brought !== undefined) sharing.forEach((output) => widen(output, brought));
    }
  }
  return ranges;
}

/** What is written where infinity is meant, e.g. the padding before a maximum; the square of more is infinite in float32. */
const endless = 2 ** 64;

/** The interval of a constant's values, with zero. Endless ones are left out, and so become the first or last integer. */
export function constantRange(data: Float32Array): Range {
  let min = 0;
  let max = 0;
  for (const value of data) {
    if (value < min && value > -endless) min = value;
    if (value > max && value < endless) max = value;
  }
  return withZero({ min, max });
}
