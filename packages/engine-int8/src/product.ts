// MUL of two int8 tensors on the kernels.
import { int8Product, type Graph, type Node } from '@wherry/graph';
import { int8Operands, planBinary } from './binary.js';
import type { MemoryPlan } from './memory-plan.js';
import { packUniformScaling } from './pack-scaling.js';
import type { Bind } from './step.js';

/** Of two int8 values less their zero points. */
const greatestProduct = 255 * 255;

export function prepareProduct(graph: Graph, node: Node, plan: MemoryPlan): Bind | undefined {
  if (node.kind !== 'MUL') return undefined;
  const operands = int8Operands(graph, node);
  if (operands === undefined) return undefined;
  const packed = packUniformScaling({
    ...int8Product(operands, node.attributes.activation),
    greatestSum: greatestProduct,
  });
  if (packed === undefined) return undefined;
  const [firstZeroPoint, secondZeroPoint] = operands.map(({ quantization }) => quantization!.zeroPoint[0]!) as [
    number,
    number,
  ];
  const walk = planBinary(operands, node, plan);
  const scaling = plan.constant(packed);
  return ({ call }) => {
    const w = walk();
    return () =>
      call.product(
        w.first,
        w.second,
        w.output,
        w.length,
        w.firstStep,
        w.secondStep,
        w.rows,
        w.walk,
        firstZeroPoint,
        secondZeroPoint,
        scaling.at,
      );
  };
}
