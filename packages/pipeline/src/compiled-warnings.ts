// What has to be said of a model that becomes C: weights that are no smaller there, and a file beside it that the device's interpreter refuses.
import { diagnose, tensorAt, type Diagnostic, type Graph } from '@wherry/graph';
import { compiledRuntime } from '@wherry/memory-planner';
import { checkGraph } from '@wherry/profiles';
import type { Asked } from './refuse.js';
import { schemeDiagnostics } from './scheme-diagnostics.js';

export function compiledWarnings(graph: Graph, asked: Pick<Asked, 'target' | 'runtimes'>): readonly Diagnostic[] {
  if (asked.target.profile.runtime.name !== compiledRuntime) return [];
  return [...widenedWeights(graph), ...refusedFile(graph, asked)];
}

/** No kernel takes two weights out of a byte. */
function widenedWeights(graph: Graph): Diagnostic[] {
  const layers = graph.nodes.flatMap(({ inputs, origin }) => {
    const weights = inputs.flatMap((id) => (id === null ? [] : [tensorAt(graph, id)]));
    const widened = weights.filter(({ dtype, data }) => dtype === 'int4' && data !== undefined);
    return widened.map(({ data }) => ({ origin, count: data!.length }));
  });
  const [first, ...more] = layers;
  if (first === undefined) return [];
  const count = layers.reduce((sum, each) => sum + each.count, 0);
  return [
    diagnose(schemeDiagnostics.COMPILED_WEIGHTS_WIDENED, {
      what: `weights of 4 bits are bytes in compiled code: ${count} bytes of flash for ${count} weights, as many as in int8`,
      where: `${first.origin}${more.length === 0 ? '' : ` and ${more.length} more`}`,
      next: 'choose int8, which is as large in compiled code and more accurate, or an interpreter, which keeps two in a byte',
    }),
  ];
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
