// Operators whose every value depends on one int8 value alone: a table of all 256, made by the reference.
import {
  elementCount,
  kernelFor,
  operatorOf,
  tensorAt,
  type Graph,
  type Node,
  type Operand,
  type TensorId,
} from '@wherry/graph';
import type { MemoryPlan } from './memory-plan.js';
import type { Bind } from './step.js';

/** In the order in which a kernel looks them up: as bytes without a sign. */
const everyValue = Int8Array.from({ length: 256 }, (_, byte) => byte);

/** Of one varying operand; the other one, if there is one, is a constant number. */
export function prepareLookUp(graph: Graph, node: Node, plan: MemoryPlan): Bind | undefined {
  const varying = varyingInput(graph, node);
  const outputId = node.outputs[0]!;
  if (varying === undefined || tensorAt(graph, outputId).dtype !== 'int8') return undefined;
  const [source, target] = [plan.tensor(varying), plan.tensor(outputId)];
  const table = plan.constant(tableOf(graph, node, varying));
  const count = elementCount(tensorAt(graph, outputId).shape);
  return ({ call }) =>
    () =>
      call.lookUp(source.at, table.at, count, target.at);
}

function varyingInput(graph: Graph, node: Node): TensorId | undefined {
  const { traits, kernels } = operatorOf(node.kind);
  if (traits.elementwise !== true || kernels.int8 === undefined) return undefined;
  const isNumber = (id: TensorId): boolean => {
    const { data, shape } = tensorAt(graph, id);
    return data !== undefined && elementCount(shape) === 1;
  };
  const varying = node.inputs.filter((id) => id !== null && !isNumber(id)) as TensorId[];
  const [only] = varying;
  if (only === undefined || varying.length > 1) return undefined;
  const { dtype, data } = tensorAt(graph, only);
  return dtype === 'int8' && data === undefined ? only : undefined;
}

function tableOf(graph: Graph, node: Node, varying: TensorId): Int8Array {
  const table = new Int8Array(everyValue.length);
  const operand = (id: TensorId, data: Int8Array): Operand => ({ ...tensorAt(graph, id), shape: [data.length], data });
  const inputs = node.inputs.map((id) => {
    if (id === null) return undefined;
    return operand(id, id === varying ? everyValue : (tensorAt(graph, id).data as Int8Array));
  });
  const outputs = [operand(node.outputs[0]!, table)];
  kernelFor(node, inputs, outputs)({ attributes: node.attributes, inputs, outputs, rounding: 'double' });
  return table;
}
