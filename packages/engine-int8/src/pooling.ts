// AVERAGE_POOL_2D and MAX_POOL_2D on the kernels.
import { elementCount, poolGeometry, quantizedActivationBounds, tensorAt, type Graph, type Node } from '@wherry/graph';
import type { MemoryPlan } from './memory-plan.js';
import type { Bind } from './step.js';

/** Values of a window up to which the kernel's division in float32 gives the whole part that exact division gives. */
const greatestWindow = 2 ** 16;

export function preparePool(graph: Graph, node: Node, plan: MemoryPlan): Bind | undefined {
  if (node.kind !== 'AVERAGE_POOL_2D' && node.kind !== 'MAX_POOL_2D') return undefined;
  const [input, output] = [tensorAt(graph, node.inputs[0]!), tensorAt(graph, node.outputs[0]!)];
  const { attributes: a } = node;
  if (input.dtype !== 'int8' || output.dtype !== 'int8' || a.filterH * a.filterW > greatestWindow) return undefined;
  const [batches, height, width, channels] = input.shape as [number, number, number, number];
  const { outputH, outputW, top, left } = poolGeometry(input.shape, a);
  const [low, high] = quantizedActivationBounds(a.activation, 'int8', output.quantization!);
  const isMean = node.kind === 'AVERAGE_POOL_2D' ? 1 : 0;
  const [source, target] = [plan.tensor(node.inputs[0]!), plan.tensor(node.outputs[0]!)];
  const [inputBytes, outputBytes] = [input, output].map(({ shape }) => elementCount(shape.slice(1))) as [
    number,
    number,
  ];
  return ({ call }) =>
    () => {
      for (let batch = 0; batch < batches; batch++) {
        call.pool(
          isMean,
          source.at + batch * inputBytes,
          height,
          width,
          channels,
          a.filterH,
          a.filterW,
          a.strideH,
          a.strideW,
          top,
          left,
          outputH,
          outputW,
          low,
          high,
          target.at + batch * outputBytes,
        );
      }
    };
}
