// Makes a quantized graph smaller and faster by proof: every output stays what it is, bit for bit, for every input.
import { verify, type Graph, type Rounding } from '@wherry/graph';
import { foldConstants } from '../optimize/fold-constants.js';
import { oneChannelConvolutions, type OneChannelKind, type OneChannelLayer } from './one-channel-convolutions.js';
import { removeConstantChannels } from './remove-constant-channels.js';
import type { ShrinkStep, Shrunk } from './shrink-step.js';

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

/** A shape that is worked out while the model runs holds channel counts that could not be followed. */
function foldShapes(graph: Graph): Shrunk {
  const folded = foldConstants.apply(graph);
  if (folded === graph) return { graph, steps: [] };
  const left = new Set(folded.nodes.map(({ origin, kind }) => `${kind} ${origin}`));
  const gone = graph.nodes.filter(({ origin, kind }) => !left.has(`${kind} ${origin}`));
  const step: ShrinkStep = {
    rewrite: foldConstants.name,
    what: `${foldConstants.what}: ${gone.map(({ kind, origin }) => `${kind} ${origin}`).join(', ')}`,
    layer: gone[0]?.origin ?? '',
    nodesBefore: graph.nodes.length,
    nodesAfter: folded.nodes.length,
    bytesSaved: 0,
    macsSaved: 0,
  };
  return { graph: verify(folded, foldConstants.name), steps: [step] };
}
