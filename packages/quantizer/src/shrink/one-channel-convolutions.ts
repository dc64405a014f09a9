// A convolution over one channel and a depthwise one with a multiplier are the same sums: which one a runtime does faster is its matter.
import { tensorAt, verify, type Graph, type Node, type NodeOf, type Tensor, type TensorId } from '@wherry/graph';
import type { ShrinkStep, Shrunk } from './shrink-step.js';

type OneChannel = NodeOf<'CONV_2D'> | NodeOf<'DEPTHWISE_CONV_2D'>;

/** The operator that convolutions over one input channel shall be. */
export type OneChannelKind = OneChannel['kind'];

/**
 * Every value stays what it is, float or integer: only the filter's order changes, [O,H,W,1] to [1,H,W,O] or back. `wants`: of a
 * node that it would change, whether it shall be (its runtime has the kernel, and gains by it). Tensors keep their numbers.
 */
export function oneChannelConvolutions(
  graph: Graph,
  kind: OneChannelKind,
  wants: (node: Node) => boolean = () => true,
): Shrunk {
  const tensors = [...graph.tensors];
  const turned = new Map<TensorId, TensorId>();
  const steps: ShrinkStep[] = [];
  const nodes = graph.nodes.map((node) => {
    if (!canTurn(graph, node) || node.kind === kind || !wants(node)) return node;
    const id = node.inputs[1]!;
    const filter = turned.get(id) ?? tensors.push(turnedFilter(tensorAt(graph, id))) - 1;
    turned.set(id, filter);
    steps.push({
      rewrite: 'one-channel-convolutions',
      what: `${node.origin}: a convolution over one channel, done as ${kind}, which the runtime does faster`,
      layer: node.origin,
      nodesBefore: graph.nodes.length,
      nodesAfter: graph.nodes.length,
      bytesSaved: 0,
      macsSaved: 0,
    });
    return turnedNode(node, [node.inputs[0]!, filter, ...node.inputs.slice(2)], tensorAt(graph, node.outputs[0]!));
  });
  if (steps.length === 0) return { graph, steps };
  return { graph: verify({ ...graph, tensors, nodes }, 'one-channel-convolutions'), steps };
}

function canTurn(graph: Graph, node: Node): node is OneChannel {
  if (node.kind !== 'CONV_2D' && node.kind !== 'DEPTHWISE_CONV_2D') return false;
  return tensorAt(graph, node.inputs[0]!).shape[3] === 1 && tensorAt(graph, node.inputs[1]!).data !== undefined;
}

function turnedNode(node: OneChannel, inputs: readonly (TensorId | null)[], output: Tensor): Node {
  if (node.kind === 'CONV_2D')
    return {
      ...node,
      kind: 'DEPTHWISE_CONV_2D',
      inputs,
      attributes: { ...node.attributes, depthMultiplier: output.shape[3]! },
    };
  const { padding, strideH, strideW, dilationH, dilationW, activation } = node.attributes;
  return {
    ...node,
    kind: 'CONV_2D',
    inputs,
    attributes: { padding, strideH, strideW, dilationH, dilationW, activation },
  };
}

/** [O,H,W,1] as [1,H,W,O], or [1,H,W,O] as [O,H,W,1]: the first and the last dimension change places. */
function turnedFilter(filter: Tensor): Tensor {
  const [first, height, width, last] = filter.shape as [number, number, number, number];
  const places = height * width;
  const data = filter.data!.slice();
  for (let f = 0; f < first; f++)
    for (let place = 0; place < places; place++)
      for (let l = 0; l < last; l++)
        data[(l * places + place) * first + f] = filter.data![(f * places + place) * last + l]!;
  const { quantization } = filter;
  const axis = quantization === undefined || quantization.scale.length === 1 ? 0 : 3 - quantization.axis;
  return {
    ...filter,
    shape: [last, height, width, first],
    data,
    ...(quantization !== undefined && { quantization: { ...quantization, axis } }),
  };
}
