// What is in a model file, as a value and as text.
import {
  counted,
  formatDiagnostic,
  graphCost,
  printable,
  printGraph,
  tensorAt,
  type Diagnostic,
  type Graph,
  type TensorId,
} from '@wherry/graph';
import type { ModelSource } from '@wherry/importers';
import { optimize } from '@wherry/quantizer';
import { importModelFile } from '../inputs/import-model-file.js';
import { sourceText } from '../report/source-text.js';
import { readModelFile } from '../inputs/read-model-file.js';

export interface Inspection {
  readonly schemaVersion: 1;
  readonly ok: true;
  readonly file: string;
  readonly sha256: string;
  readonly source: ModelSource;
  readonly inputs: readonly InspectedTensor[];
  readonly outputs: readonly InspectedTensor[];
  readonly nodes: number;
  readonly macs: number;
  readonly weightBytes: number;
  readonly warnings: readonly Diagnostic[];
  /** The graph, one line per node. */
  readonly graph: readonly string[];
}

export interface InspectedTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: string;
}

/** Throws what reading and importing throw. */
export async function inspectModel(path: string, options: { readonly optimized: boolean }): Promise<Inspection> {
  const file = await readModelFile(path);
  const { graph: imported, source, warnings } = importModelFile(file);
  const graph = options.optimized ? optimize(imported).graph : imported;
  return {
    schemaVersion: 1,
    ok: true,
    file: file.fileName,
    sha256: file.sha256,
    source,
    inputs: graph.inputs.map((id) => inspectTensor(graph, id)),
    outputs: graph.outputs.map((id) => inspectTensor(graph, id)),
    nodes: graph.nodes.length,
    macs: graphCost(graph).total.macs,
    weightBytes: graph.tensors.reduce((sum, { data }) => sum + (data?.byteLength ?? 0), 0),
    warnings,
    graph: printGraph(graph).split('\n'),
  };
}

export function inspectionText({
  file,
  sha256,
  source,
  nodes,
  macs,
  weightBytes,
  warnings,
  graph,
}: Inspection): string {
  return [
    `${printable(file)}  ${sourceText(source)}`,
    `sha256 ${sha256}`,
    `${counted(nodes, 'node')}, ${counted(macs, 'MAC')}, ${counted(weightBytes, 'byte')} of constants`,
    ...warnings.flatMap((warning) => ['', `warning  ${formatDiagnostic(warning)}`]),
    '',
    ...graph,
  ].join('\n');
}

function inspectTensor(graph: Graph, id: TensorId): InspectedTensor {
  const { name, shape, dtype } = tensorAt(graph, id);
  return { name, shape, dtype };
}
