// A case of every operator that has kernels: few, where all would be many.
import { opKinds, type Graph } from '@wherry/graph';
import { casesOf, type FilledCase } from '@wherry/graph/cases';
import { kernelCalls } from '../compile-model.js';

/** The `position`th case of each kind that can be compiled and is asked for, or its last one. */
export function someCases(position: number, isAsked = (_: Graph): boolean => true): readonly FilledCase[] {
  return opKinds.flatMap((kind) => {
    const compiled = casesOf(kind).filter(({ graph }) => isAsked(graph) && isCompiled(graph));
    return compiled.slice(Math.min(position, compiled.length - 1)).slice(0, 1);
  });
}

function isCompiled(graph: Graph): boolean {
  try {
    kernelCalls(graph);
    return true;
  } catch {
    return false;
  }
}
