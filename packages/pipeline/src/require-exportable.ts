// Checks, before the long work, what the request says about the exported files.
import { defaultSymbol, modelNames } from '@wherry/c-exporter';
import { tensorAt, WherryError, type Graph } from '@wherry/graph';
import { classCount, natureOf } from './accuracy/output-task.js';
import type { DeployRequest } from './deployment.js';
import { pipelineDiagnostics } from './diagnostics.js';

/** Throws EXPORT_SYMBOL and LABELS_COUNT. */
export function requireExportable({ symbol, labels }: DeployRequest, graph: Graph): void {
  modelNames(symbol ?? defaultSymbol);
  if (labels === undefined) return;
  const { name, shape } = tensorAt(graph, graph.outputs[0]!);
  const nature = natureOf(graph, graph.outputs[0]!);
  const classes = classCount(nature);
  // One value may have a name of its own, or names for no and yes.
  if (labels.length === classes || (nature.elements === 1 && labels.length <= 2)) return;
  throw new WherryError(pipelineDiagnostics.LABELS_COUNT, {
    what: `${labels.length} labels are given for ${classes} classes`,
    where: `output ${name} [${shape.join(', ')}]`,
    next: `give ${classes} names with --labels, separated by commas`,
  });
}
