// What may be done to a model that is quantized already: rewrites that leave every integer of it what it is.
import type { Graph } from '@wherry/graph';
import { foldShapes } from './fold-shapes.js';
import { rewriteInTurn, type Optimized } from './optimize.js';
import type { Rewrite } from './rewrite.js';
import { settleScaleAxes } from './settle-scale-axes.js';

const rewrites: readonly Rewrite[] = [foldShapes, settleScaleAxes];

/** The graph with the same layers, scales and constants. */
export function asItIs(graph: Graph): Optimized {
  return rewriteInTurn(graph, rewrites);
}
