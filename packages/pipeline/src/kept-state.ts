// Says of a model that it keeps a state between runs, and how its runtime sets that back.
import { diagnose, statesOf, type Diagnostic, type Graph } from '@wherry/graph';
import type { Target } from '@wherry/profiles';
import { schemeDiagnostics } from './scheme-diagnostics.js';

export function stateWarnings(graph: Graph, { profile }: Target): readonly Diagnostic[] {
  const keeping = graph.nodes.filter((node) => statesOf({ nodes: [node] }).length > 0);
  const [first] = keeping;
  if (first === undefined) return [];
  const kinds = [...new Set(keeping.map(({ kind }) => kind))];
  return [
    diagnose(schemeDiagnostics.MODEL_KEEPS_STATE, {
      what: `${kinds.join(' and ')} ${kinds.length === 1 ? 'keeps' : 'keep'} a state from one run to the next; all figures here are of runs that begin with zeros`,
      where: first.origin,
      next: `before every sequence that does not go on from the one before, ${resetOn[profile.export.layout]}`,
    }),
  ];
}

const resetOn = {
  firmware: 'call interpreter.Reset() in the firmware',
  file: 'make a new interpreter in the application, or let it reset its variable tensors',
} as const;
