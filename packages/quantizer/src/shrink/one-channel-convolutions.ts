// A convolution over one channel and a depthwise one with a multiplier are the same sums: which one a runtime does faster is its matter.
import {
  operators,
  tensorAt,
  verify,
  type Graph,
  type Node,
  type NodeOf,
  type Tensor,
  type TensorId,
} from '@wherry/graph';
import { isBounded } from './bounds/channel-bounds.js';
import type { ShrinkStep, Shrunk } from './shrink-step.js';

type OneChannelNode = NodeOf<'CONV_2D'> | NodeOf<'DEPTHWISE_CONV_2D'>;

/** The operator that a convolution over one input channel is, or shall be. */
export type OneChannelKind = OneChannelNode['kind'];

/** A convolution over one input channel with a constant filter of integers: sums of real numbers depend on their order. */
export interface OneChannelLayer {
  readonly node: OneChannelNode;
  readonly outputs: number;
  readonly filterH: number;
  readonly filterW: number;
}

/**
 * Every integer stays what it is: only the filter's order changes, [O,H,W,1] to [1,H,W,O] or back. `choose`: what
 * a layer shall be, by what its runtime does faster (`one-channel-kinds.ts`) and has the kernel for. Tensors keep their numbers.
 */
export function oneChannelConvolutions(graph: Graph, choose: (layer: OneChannelLayer) => OneChannelKind): Shrunk {
  const tensors = [...graph.tensors];
  const turned = new Map<TensorId, TensorId>();
  const steps: ShrinkStep[] = [];
  const nodes = graph.nodes.map((node) => {
    const layer = oneChannelLayer(graph, node);
    const kind = layer === undefined ? node.kind : choose(layer);
    if (layer === undefined || kind === node.kind) return node;
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
    return turnedNode(layer, [node.inputs[0]!, filter, ...node.inputs.slice(2)]);
  });
  if (steps.length === 0) return { graph, steps };
  // The filters of before are read by nothing any more, unless by layers that stayed.
  return { graph: verify({ ...graph, tensors, nodes }, 'one-channel-convolutions'), steps };
}

function oneChannelLayer(graph: Graph, node: Node): OneChannelLayer | undefined {
  if (node.kind !== 'CONV_2D' && node.kind !== 'DEPTHWISE_CONV_2D') return undefined;
  // The other one's options have no word for it.
  if (node.kind === 'CONV_2D' && node.attributes.quantizedBiasType === 'INT32') return undefined;
  const filter = tensorAt(graph, node.inputs[1]!);
  const input = tensorAt(graph, node.inputs[0]!);
  // Real activations are rounded as the layer runs, in the steps that each form of it has.
  if (input.shape[3] !== 1 || input.quantization === undefined || filter.data === undefined || !isBounded(filter))
    return undefined;
  const [first, filterH, filterW, last] = filter.shape as [number, number, number, number];
  return { node, outputs: first * last, filterH, filterW };
}

function turnedNode({ node, outputs }: OneChannelLayer, inputs: readonly (TensorId | null)[]): Node {
  const { padding, strideH, strideW, dilationH, dilationW, activation } = node.attributes;
  const geometry = { padding, strideH, strideW, dilationH, dilationW, activation };
  if (node.kind === 'CONV_2D')
    return { ...node, kind: 'DEPTHWISE_CONV_2D', inputs, attributes: { ...geometry, depthMultiplier: outputs } };
  return { ...node, kind: 'CONV_2D', inputs, attributes: { ...operators.CONV_2D.defaults, ...geometry } };
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
