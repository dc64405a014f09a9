// Which activations share one scale, and which scales the specification fixes.
import {
  fixedScaleOf,
  outputRule,
  positionsOf,
  tensorAt,
  type FixedScale,
  type Graph,
  type Node,
  type TensorId,
} from '@wherry/graph';
import { representable } from './affine.js';
import type { Assignment } from './assign-schemes.js';
import { constantRange } from './constant-range.js';
import { real, sameAffine, type AffineFormat, type NumberFormat } from './number-format.js';
import { ScaleGroups } from './scale-groups.js';

export interface SharedScales {
  /** Of every activation tensor: the format of its writer's scheme; of a graph input, that of its first reader. */
  readonly formats: ReadonlyMap<TensorId, NumberFormat>;
  readonly groups: ScaleGroups;
}

/** Positions of the inputs of `node` that hold real-valued activations, constants among them included. */
export function activationInputs(graph: Graph, node: Node): number[] {
  const isFloat = (position: number): boolean => {
    const id = node.inputs[position];
    return id !== null && id !== undefined && tensorAt(graph, id).dtype === 'float32';
  };
  return positionsOf(node, 'activation').filter(isFloat);
}

export function shareScales(graph: Graph, assignment: Assignment): SharedScales {
  const formats = writtenFormats(graph, assignment);
  const groups = new ScaleGroups();
  graph.nodes.forEach((node, position) => {
    const format = assignment[position]?.activations;
    if (format?.kind !== 'affine') return;
    node.outputs.forEach((id, output) => {
      const rule = outputRule(node.kind, output);
      const fixed = fixedScaleOf(rule, format.dtype);
      if (fixed !== undefined) groups.fix(id, fixed);
      if (rule.from === 'same-as-inputs') shareScale(graph, { node, output: id, format }, { formats, groups });
    });
  });
  return { formats, groups };
}

function writtenFormats(graph: Graph, assignment: Assignment): Map<TensorId, NumberFormat> {
  const formats = new Map<TensorId, NumberFormat>();
  const isActivation = (id: TensorId): boolean => {
    const { dtype, data } = tensorAt(graph, id);
    return dtype === 'float32' && data === undefined;
  };
  for (const id of graph.inputs.filter(isActivation)) {
    const reader = graph.nodes.findIndex((node) =>
      activationInputs(graph, node).some((position) => node.inputs[position] === id),
    );
    formats.set(id, assignment[reader]?.activations ?? real);
  }
  graph.nodes.forEach(({ outputs }, position) => {
    for (const id of outputs.filter(isActivation)) formats.set(id, assignment[position]?.activations ?? real);
  });
  return formats;
}

/**
 * A scale that the specification fixes goes on only where it fits all that is read: what else is read would be cut off at
 * 1. Otherwise a fixed input keeps its scale, and what is written in another format too: a conversion stands in between.
 */
function shareScale(
  graph: Graph,
  { node, output, format }: { readonly node: Node; readonly output: TensorId; readonly format: AffineFormat },
  { formats, groups }: SharedScales,
): void {
  const inputs = activationInputs(graph, node).map((position) => node.inputs[position]!);
  const isAlike = (id: TensorId): boolean => sameAffine(formats.get(id), format);
  const isFixed = (id: TensorId): boolean => isAlike(id) && groups.fixedScale(id) !== undefined;
  const [first] = inputs.filter(isFixed);
  const fixed = first === undefined ? undefined : groups.fixedScale(first);
  const goesOn = fixed !== undefined && inputs.every((id) => fits(graph, id, { groups, fixed, format, isAlike }));
  for (const input of inputs) {
    if (tensorAt(graph, input).data !== undefined || !isAlike(input) || (isFixed(input) && !goesOn)) continue;
    groups.join(input, output);
  }
}

interface Fixed {
  readonly groups: ScaleGroups;
  readonly fixed: FixedScale;
  readonly format: AffineFormat;
  readonly isAlike: (id: TensorId) => boolean;
}

function fits(graph: Graph, id: TensorId, { groups, fixed, format, isAlike }: Fixed): boolean {
  const { data } = tensorAt(graph, id);
  if (data !== undefined) {
    const quantization = { scale: [fixed.scale], zeroPoint: [fixed.zeroPoint], axis: 0 };
    const [range, own] = [representable(quantization, format.dtype), constantRange(data as Float32Array)];
    return own.min >= range.min && own.max <= range.max;
  }
  const scale = isAlike(id) ? groups.fixedScale(id) : undefined;
  return scale?.scale === fixed.scale && scale.zeroPoint === fixed.zeroPoint;
}
