// Makes a quantized graph smaller and faster by proof: every output stays what it is, bit for bit, for every input.
import type { Graph, Rounding } from '@wherry/graph';
import { foldShapes } from './fold-shapes.js';
import { oneChannelConvolutions, type OneChannelKind, type OneChannelLayer } from './one-channel-convolutions.js';
import { removeConstantChannels } from './remove-constant-channels.js';
import type { Shrunk } from './shrink-step.js';

export interface ShrinkOptions {
  /** The arithmetics that the outputs have to stay the same in. Default: all. */
  readonly roundings?: readonly Rounding[];
  /** What a convolution over one channel shall be: the target's entry of `one-channel-kinds.ts`. Default: what it is. */
  readonly oneChannel?: (layer: OneChannelLayer) => OneChannelKind;
}

/** Returns the graph that it was given where nothing can be gained. Run it before the arena is planned. */
export function shrink(graph: Graph, { roundings, oneChannel }: ShrinkOptions = {}): Shrunk {
  const folded = foldShapes(graph);
  const removed = removeConstantChannels(folded.graph, roundings === undefined ? {} : { roundings });
  const turned =
    oneChannel === undefined ? { graph: removed.graph, steps: [] } : oneChannelConvolutions(removed.graph, oneChannel);
  return { graph: turned.graph, steps: [...folded.steps, ...removed.steps, ...turned.steps] };
}
