// What has to be said of a model that becomes C: a file beside it that the device's interpreter refuses.
import { diagnose, type Diagnostic, type Graph } from '@wherry/graph';
import { compiledRuntime } from '@wherry/memory-planner';
import { checkGraph } from '@wherry/profiles';
import type { Asked } from './refuse.js';
import { schemeDiagnostics } from './scheme-diagnostics.js';

export function compiledWarnings(graph: Graph, asked: Pick<Asked, 'target' | 'runtimes'>): readonly Diagnostic[] {
  if (asked.target.profile.runtime.name !== compiledRuntime) return [];
  return refusedFile(graph, asked);
}

/** The own interpreter of the device, where code takes its place. */
function refusedFile(graph: Graph, { runtimes }: Pick<Asked, 'runtimes'>): Diagnostic[] {
  return runtimes.flatMap(({ target, words }) => {
    const [fault] = checkGraph(target, graph);
    if (fault === undefined) return [];
    return [
      diagnose(schemeDiagnostics.COMPILED_FILE_REFUSED, {
        what: `the .tflite beside the code holds the same model, and ${target.kernels.name} would refuse it: ${fault.what}`,
        ...(fault.where === undefined ? {} : { where: fault.where }),
        next: `build the firmware from the code; for a file that ${target.kernels.name} takes, ${words}`,
      }),
    ];
  });
}
