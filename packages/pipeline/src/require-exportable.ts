// Checks, before the long work, what the request says about the exported files.
import { defaultSymbol, modelNames } from '@wherry/c-exporter';
import { counted, tensorAt, WherryError, type Graph } from '@wherry/graph';
import { classCount, natureOf, type OutputTasks } from './accuracy/output-task.js';
import type { DeployRequest } from './deployment.js';
import { pipelineDiagnostics } from './diagnostics.js';

/** Throws EXPORT_SYMBOL, SETTING_UNUSED and LABELS_COUNT. */
export function requireExportable(request: DeployRequest, graph: Graph): void {
  const { symbol, labels } = request;
  modelNames(symbol ?? defaultSymbol);
  requireReals('input', request.inputType, graph, graph.inputs);
  requireReals('output', request.outputType, graph, graph.outputs);
  if (labels === undefined) return;
  const { name, shape } = tensorAt(graph, graph.outputs[0]!);
  const nature = natureOf(graph, graph.outputs[0]!);
  const classes = classCount(nature);
  // One value may have a name of its own, or names for no and yes.
  if (labels.length === classes || (nature.elements === 1 && labels.length <= 2)) return;
  throw new WherryError(pipelineDiagnostics.LABELS_COUNT, {
    what: `${counted(labels.length, 'label is', 'labels are')} given for ${counted(classes, 'class', 'classes')}`,
    where: `output ${name} [${shape.join(', ')}]`,
    next: `give ${counted(classes, 'name', 'names')} with --labels, separated by commas`,
  });
}

/** The types of indices and counts are the model's; only real values are quantized. */
function requireReals(end: 'input' | 'output', given: string | undefined, graph: Graph, ids: readonly number[]): void {
  const tensors = ids.map((id) => tensorAt(graph, id));
  if (given === undefined || tensors.some(({ dtype }) => dtype === 'float32')) return;
  throw new WherryError(pipelineDiagnostics.SETTING_UNUSED, {
    what: `--${end}-type ${given} is given, and the model's ${end} holds whole numbers that stay ${tensors[0]!.dtype}`,
    where: `${end} ${tensors[0]!.name}`,
    next: `leave --${end}-type away`,
  });
}

/** Throws SETTING_UNUSED for class names of an output that the data shows to be no classes. */
export function requireClassesForNames({ labels }: DeployRequest, { tasks: [first] }: OutputTasks, graph: Graph): void {
  if (labels === undefined || first?.kind !== 'values' || !first.targets) return;
  throw new WherryError(pipelineDiagnostics.SETTING_UNUSED, {
    what: 'class names are given with --labels, and the data gives values that the model should reach: nothing is classified',
    where: `output ${tensorAt(graph, graph.outputs[0]!).name}`,
    next: 'leave --labels away; if the model does tell classes apart, give data labelled with their numbers or names',
  });
}
