// Whether a graph compiles: its types have kernels.
import type { Graph } from '@wherry/graph';
import { kernelCalls } from '../compile-model.js';

export function hasKernels({ graph }: { readonly graph: Graph }): boolean {
  try {
    kernelCalls(graph);
    return true;
  } catch {
    return false;
  }
}
