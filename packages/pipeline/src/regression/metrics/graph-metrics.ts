// What the importer made of the file, and what was decided for each layer.
import { printable, tensorAt, type Graph, type TensorId } from '@wherry/graph';
import type { Deployment } from '../../deployment.js';
import { numbersOf } from '../../schemes/numbers-of.js';
import { short } from '../../report/numbers.js';
import { exact, type Metric } from '../metric.js';
import { constantDigests, digestOf, graphDigest, nodeDigests } from './graph-digest.js';
import { layerKeys, ownNames } from './layer-keys.js';

/** Of a host that keeps the imported graph. */
export function importMetrics({ imported, source }: Deployment): readonly Metric[] {
  const digests = nodeDigests(imported!);
  return [
    exact('import.format', source.format),
    exact('import.graph', graphDigest(imported!)),
    ...layerKeys(imported!).map((name, node) =>
      exact(`import.layer.${name}`, `${imported!.nodes[node]!.kind} ${digests[node]!}`),
    ),
  ];
}

export function planMetrics({ quantized, optimized, schemes }: Deployment): readonly Metric[] {
  const { graph, plan, selection, mix } = quantized;
  const chosen = selection?.chosen;
  const verdicts = schemes.map(({ scheme, verdict }) => `${scheme} ${verdict}`);
  return [
    exact('plan.scheme', plan?.scheme ?? `as it is, ${numbersOf(graph)}`),
    exact('plan.schemes', verdicts.join(', ')),
    exact('plan.settings', selection === null ? null : digestOf(JSON.stringify(selection.settings))),
    exact('plan.method', chosen?.method ?? null),
    exact('plan.raised', mix === null ? null : mix.raised.map(printable).join(', ')),
    exact('plan.float', graphDigest(quantized.float ?? optimized)),
    exact('plan.operators', operatorsIn(graph)),
    ...endMetrics(graph, 'input'),
    ...endMetrics(graph, 'output'),
    ...layerKeys(graph).map((name, node) => exact(`plan.layer.${name}`, layerText(graph, node))),
  ];
}

/** Each kind with how many there are, in the order of first use. */
function operatorsIn({ nodes }: Graph): string {
  const counts = new Map<string, number>();
  for (const { kind } of nodes) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].map(([kind, count]) => `${kind} ${count}`).join(', ');
}

function endMetrics(graph: Graph, end: 'input' | 'output'): readonly Metric[] {
  const ids = graph[`${end}s`];
  return ownNames(ids.map((id) => tensorAt(graph, id).name)).map((name, at) =>
    exact(`plan.${end}.${name}`, formText(graph, ids[at]!)),
  );
}

/** Type, shape, scale and zero point; what the digits of a scale leave away its digest holds. */
function formText(graph: Graph, id: TensorId): string {
  const { dtype, shape, quantization } = tensorAt(graph, id);
  const form = `${dtype} [${shape.join(',')}]`;
  if (quantization === undefined) return form;
  const { scale, zeroPoint } = quantization;
  const [first] = scale;
  return scale.length === 1
    ? `${form} scale ${String(first)} zero ${zeroPoint[0]!}`
    : `${form} ${scale.length} scales from ${short(first!)} (${digestOf(JSON.stringify(quantization))})`;
}

/** What it writes, and the scales of the constants that it reads. */
function layerText(graph: Graph, node: number): string {
  const { kind, inputs, outputs } = graph.nodes[node]!;
  const constants = inputs.flatMap((id) => (id === null || tensorAt(graph, id).data === undefined ? [] : [id]));
  const quantized = constants.filter((id) => tensorAt(graph, id).quantization !== undefined);
  return [
    `${kind} -> ${outputs.map((id) => formText(graph, id)).join(', ')}`,
    ...quantized.map((id) => formText(graph, id)),
  ].join('; ');
}

/** Weights, biases and tables of each layer that has any, as integers. */
export function constantMetrics({ quantized: { graph } }: Deployment): readonly Metric[] {
  const digests = constantDigests(graph);
  return layerKeys(graph).flatMap((name, node) =>
    digests[node] === null ? [] : [exact(`bytes.constants.${name}`, digests[node]!)],
  );
}
