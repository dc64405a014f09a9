// Says of a model that it keeps a state between runs, and how its runtime sets that back.
import { diagnose, statesOf, type Diagnostic, type Graph } from '@wherry/graph';
import { compiledRuntime } from '@wherry/memory-planner';
import { firmwareNames } from './export-files.js';
import type { Asked } from './refuse.js';
import { schemeDiagnostics } from './scheme-diagnostics.js';

export function stateWarnings(graph: Graph, asked: Pick<Asked, 'request' | 'target'>): readonly Diagnostic[] {
  const keeping = graph.nodes.filter((node) => statesOf({ nodes: [node] }).length > 0);
  const [first] = keeping;
  if (first === undefined) return [];
  const kinds = [...new Set(keeping.map(({ kind }) => kind))];
  return [
    diagnose(schemeDiagnostics.MODEL_KEEPS_STATE, {
      what: `${kinds.join(' and ')} ${kinds.length === 1 ? 'keeps' : 'keep'} a state from one run to the next; all figures here are of runs that begin with zeros`,
      where: first.origin,
      next: `before every sequence that does not go on from the one before, ${howToReset(asked)}`,
    }),
  ];
}

function howToReset({ request, target: { profile } }: Pick<Asked, 'request' | 'target'>): string {
  if (profile.export.layout === 'file')
    return 'make a new interpreter in the application, or let it reset its variable tensors';
  const isCompiled = profile.runtime.name === compiledRuntime;
  return `call ${isCompiled ? `${firmwareNames(request).symbol}_reset` : 'interpreter.Reset'}() in the firmware`;
}
