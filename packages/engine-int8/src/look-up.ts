// Operators whose every value depends on one int8 value alone: a table of all 256, made by the reference.
import {
  elementCount,
  kernelFor,
  operatorOf,
  sameShape,
  tensorAt,
  type Graph,
  type Node,
  type Operand,
  type Tensor,
  type TensorId,
} from '@wherry/graph';
import type { MemoryPlan } from './memory-plan.js';
import type { Bind } from './step.js';

/** In the order in which a kernel looks them up: as bytes without a sign. */
const everyValue = Int8Array.from({ length: 256 }, (_, byte) => byte);

/**
 * Of one varying operand. Others are constant numbers, or what such an operator made of the same operand: x * logistic(x) depends
 * on x alone.
 */
export function prepareLookUp(graph: Graph, node: Node, plan: MemoryPlan): Bind | undefined {
  const varying = varyingInput(graph, node) ?? commonInput(graph, node);
  const outputId = node.outputs[0]!;
  if (varying === undefined || tensorAt(graph, outputId).dtype !== 'int8') return undefined;
  const [source, target] = [plan.tensor(varying), plan.tensor(outputId)];
  const table = plan.constant(tableOf(graph, node, varying));
  for (const id of varyingInputs(graph, node)) if (id !== varying) plan.ignore(id);
  const count = elementCount(tensorAt(graph, outputId).shape);
  return ({ call }) =>
    () =>
      call.lookUp(source.at, table.at, count, target.at);
}

/** The only int8 input that is no constant number. */
function varyingInput(graph: Graph, node: Node): TensorId | undefined {
  const [only, another] = varyingInputs(graph, node);
  return only === undefined || another !== undefined || !isInt8(graph, only) ? undefined : only;
}

/** The one of two int8 inputs that the other one is made of. */
function commonInput(graph: Graph, node: Node): TensorId | undefined {
  const inputs = varyingInputs(graph, node);
  if (inputs.length !== 2) return undefined;
  const madeOf = (id: TensorId): TensorId | undefined => {
    const maker = makerOf(graph, id);
    return maker && varyingInput(graph, maker);
  };
  const common = inputs.find((id, position) => madeOf(inputs[1 - position]!) === id);
  const [first, second] = inputs.map((id) => tensorAt(graph, id)) as [Tensor, Tensor];
  if (common === undefined || !inputs.every((id) => isInt8(graph, id))) return undefined;
  return sameShape(first.shape, second.shape) ? common : undefined;
}

/** None for operators whose values depend on others than those at their place. */
function varyingInputs(graph: Graph, node: Node): TensorId[] {
  const { traits, kernels } = operatorOf(node.kind);
  if (traits.elementwise !== true || kernels.int8 === undefined) return [];
  const isNumber = (id: TensorId): boolean => {
    const { data, shape } = tensorAt(graph, id);
    return data !== undefined && elementCount(shape) === 1;
  };
  return [...new Set(node.inputs)].filter((id) => id !== null && !isNumber(id)) as TensorId[];
}

function isInt8(graph: Graph, id: TensorId): boolean {
  const { dtype, data } = tensorAt(graph, id);
  return dtype === 'int8' && data === undefined;
}

function makerOf(graph: Graph, id: TensorId): Node | undefined {
  return graph.nodes.find(({ outputs }) => outputs.includes(id));
}

/** What the node gives for every value of `varying`. */
function tableOf(graph: Graph, node: Node, varying: TensorId): Int8Array {
  const table = new Int8Array(everyValue.length);
  const valuesOf = (id: TensorId): Int8Array => {
    if (id === varying) return everyValue;
    return (tensorAt(graph, id).data as Int8Array | undefined) ?? tableOf(graph, makerOf(graph, id)!, varying);
  };
  const operand = (id: TensorId, data: Int8Array): Operand => ({ ...tensorAt(graph, id), shape: [data.length], data });
  const inputs = node.inputs.map((id) => (id === null ? undefined : operand(id, valuesOf(id))));
  const outputs = [operand(node.outputs[0]!, table)];
  kernelFor(node, inputs, outputs)({ attributes: node.attributes, inputs, outputs, rounding: 'double' });
  return table;
}
