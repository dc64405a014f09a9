// The ordered rewrites between import and quantization; the graph is verified after each.
import { verify, type Graph } from '@wherry/graph';
import { absorbFlatten } from './absorb-flatten.js';
import { completeBias } from './complete-bias.js';
import { completeSlice } from './complete-slice.js';
import { foldConstants } from './fold-constants.js';
import { foldIntoFollowing } from './fold-into-following.js';
import { foldIntoPreceding } from './fold-into-preceding.js';
import { fuseActivation } from './fuse-activation.js';
import { fusePad } from './fuse-pad.js';
import { liftOverReshapes } from './lift-over-reshapes.js';
import { mergeReshapes } from './merge-reshapes.js';
import { removeIdentities } from './remove-identities.js';
import type { Rewrite } from './rewrite.js';

/** Arithmetic goes into the layer before it first: a BatchNormalization belongs to the convolution it follows. */
const rewrites: readonly Rewrite[] = [
  foldConstants,
  removeIdentities,
  foldIntoPreceding,
  foldIntoFollowing,
  fuseActivation,
  liftOverReshapes,
  mergeReshapes,
  fusePad,
  absorbFlatten,
  completeBias,
  completeSlice,
];

export interface OptimizationStep {
  readonly rewrite: string;
  readonly what: string;
  readonly nodesBefore: number;
  readonly nodesAfter: number;
}

export interface Optimized {
  readonly graph: Graph;
  /** The rewrites that changed something, in the order they ran. */
  readonly steps: readonly OptimizationStep[];
}

/** Repeats the list until nothing changes: one rewrite makes room for another. Each removes nodes,
 * completes them or brings them nearer to the inputs, so it ends. */
export function optimize(graph: Graph): Optimized {
  return rewriteInTurn(graph, rewrites);
}

export function rewriteInTurn(graph: Graph, list: readonly Rewrite[]): Optimized {
  const steps: OptimizationStep[] = [];
  let current = graph;
  for (let before: Graph | undefined; before !== current;) {
    before = current;
    for (const rewrite of list) {
      const rewritten = rewrite.apply(current);
      if (rewritten === current) continue;
      verify(rewritten, rewrite.name);
      steps.push({
        rewrite: rewrite.name,
        what: rewrite.what,
        nodesBefore: current.nodes.length,
        nodesAfter: rewritten.nodes.length,
      });
      current = rewritten;
    }
  }
  return { graph: current, steps };
}
