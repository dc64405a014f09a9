// What says how an operator's outputs are bounded by its inputs.
import { tensorAt, type Graph, type Node, type Rounding, type Tensor } from '@wherry/graph';
import { boundsOfData, channelsOf, fullRange, type ChannelBounds } from './channel-bounds.js';

export interface BoundsContext {
  readonly graph: Graph;
  readonly node: Node;
  /** The arithmetics that the bounds have to hold in. */
  readonly roundings: readonly Rounding[];
  /** Of operand `position`; undefined where there is none, or it is no integer with a scale. */
  boundsOf(position: number): ChannelBounds | undefined;
}

/** One per output; undefined: nothing is known, not even by the type. */
export type BoundsRule = (context: BoundsContext) => readonly (ChannelBounds | undefined)[];

export function inputOf({ graph, node }: BoundsContext, position: number): Tensor | undefined {
  const id = node.inputs[position];
  return id === null || id === undefined ? undefined : tensorAt(graph, id);
}

export function outputsOf({ graph, node }: BoundsContext): readonly Tensor[] {
  return node.outputs.map((id) => tensorAt(graph, id));
}

/** Nothing is concluded from the inputs: right for every operator. */
export const byType: BoundsRule = (context) => outputsOf(context).map(fullRange);

/** Of a constant with a scale. */
export function boundsOfConstant(tensor: Tensor): ChannelBounds | undefined {
  if (tensor.data === undefined || tensor.data.length === 0 || fullRange(tensor) === undefined) return undefined;
  return boundsOfData(tensor.data, tensor.data, channelsOf(tensor));
}
