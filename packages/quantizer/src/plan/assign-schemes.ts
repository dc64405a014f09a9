// Which scheme computes each node: the one that is wanted where it can, and what takes its place where it cannot.
import {
  allWeightedOperands,
  operatorOf,
  tensorAt,
  WherryError,
  type Graph,
  type Node,
  type OpKind,
} from '@wherry/graph';
import { quantizerDiagnostics } from '../diagnostics.js';
import { schemes } from './schemes/index.js';
import type { Scheme, SchemeName, Supports } from './schemes/scheme.js';

/** By position in `graph.nodes`; null for nodes that compute shapes and indices. */
export type Assignment = readonly (Scheme | null)[];

export interface SchemeChoice {
  readonly scheme: SchemeName;
  /** Nodes with a scheme of their own, by position: mixed precision. */
  readonly nodes?: ReadonlyMap<number, SchemeName>;
  /** What the target's kernels take; everything that the reference computes, when left out. */
  readonly supports?: Supports;
}

/** True when the node reads or writes real values. */
export function computesReals(graph: Graph, node: Node): boolean {
  const ids = [...node.inputs, ...node.outputs];
  return ids.some((id) => id !== null && tensorAt(graph, id).dtype === 'float32');
}

/** Throws QUANT_NO_KERNEL with the node that nothing can compute. */
export function assignSchemes(graph: Graph, { scheme, nodes, supports = () => true }: SchemeChoice): Assignment {
  const computes: Supports = (kind, each) => hasReference(kind, each) && supports(kind, each);
  return graph.nodes.map((node, position) => {
    if (!computesReals(graph, node)) return null;
    let chosen: Scheme = schemes[nodes?.get(position) ?? scheme];
    while (!computes(node.kind, chosen)) {
      // The last in the line is judged by the kernel table, with all that it has to say.
      if (chosen.otherwise === null) return hasReference(node.kind, chosen) ? chosen : refuse(node, chosen);
      chosen = schemes[chosen.otherwise];
    }
    return chosen;
  });
}

/** Filters of integers beside real activations are computed by kernels of their own. */
function hasReference(kind: OpKind, { activations, weights }: Scheme): boolean {
  const { kernels } = operatorOf(kind);
  if (activations.kind === 'real') {
    const isHybrid = weights.kind === 'affine' && allWeightedOperands(kind).length > 0;
    return kernels[isHybrid ? 'hybrid' : 'float'] !== undefined;
  }
  return kernels[activations.dtype as 'int8' | 'int16'] !== undefined;
}

function refuse({ kind, origin }: Node, { activations }: Scheme): never {
  const numbers = activations.kind === 'real' ? 'float32' : activations.dtype;
  throw new WherryError(quantizerDiagnostics.QUANT_NO_KERNEL, {
    what: `${kind} cannot be computed in ${numbers}`,
    where: origin,
    next: 'replace this layer by one from the operator table (docs/operators.md), or deploy the part before it',
  });
}
