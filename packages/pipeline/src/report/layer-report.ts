// What became of each layer: its place in memory, its weights, and what was decided for it.
import { byteLength, tensorAt, type Graph, type Node, type Tensor } from '@wherry/graph';
import type { NodeDecision } from '@wherry/quantizer';
import { liveBytes } from './memory-report.js';
import type { KnownRun } from './report.js';
import { tensorReport, type TensorReport } from './tensor-report.js';

export interface LayerReport {
  readonly layer: string;
  readonly operator: string;
  readonly output: TensorReport;
  readonly macs: number;
  readonly weightBytes: number;
  /** Of tensors and scratch in the arena while it runs. */
  readonly liveBytes: number;
  /** Signal to noise of its output, with the noise of the layers before it; null where nothing differs, absent where it was not compared. */
  readonly sqnrDb?: number | null;
  /** What was decided for the node, and for its output's scale. */
  readonly decision: string;
  readonly outputScale: string;
}

/** Of those that were compared the one with the least signal to noise, of equal ones the first. */
export interface NoisiestLayer {
  readonly layer: string;
  readonly operator: string;
  readonly sqnrDb: number;
  /** That it was measured on. */
  readonly samples: number;
}

/** Why there is a node that no node of the float graph stands for: what its reader wants, or who takes the output. */
function addedFor(
  { steps, quantized: { graph } }: KnownRun,
  { kind, inputs, outputs }: Node,
  decided: ReadonlyMap<number | undefined, NodeDecision>,
): string {
  const [input, output] = [tensorAt(graph, inputs[0]!), tensorAt(graph, outputs[0]!)];
  if (input.dtype !== output.dtype && (input.dtype === 'float32' || output.dtype === 'float32'))
    return input.dtype === 'float16' ? 'widens a constant' : 'converts between real values and integers';
  if (kind === 'QUANTIZE') {
    if (graph.outputs.includes(outputs[0]!)) return `makes the output ${output.dtype}, as it is asked for`;
    if (graph.inputs.includes(inputs[0]!)) return `takes the ${input.dtype} that is handed in`;
    const reader = graph.nodes.find((node) => node.inputs.includes(outputs[0]!));
    const wanted = decided.get(reader?.outputs[0])?.reads[reader!.inputs.indexOf(outputs[0]!)];
    if (wanted) return wanted.reason;
    return `converts ${input.dtype} to ${output.dtype}`;
  }
  return steps.some(({ rewrite }) => rewrite.startsWith('work-around-'))
    ? 'keeps clear of a known fault of the runtime (see rewrites)'
    : 'added by a rewrite (see rewrites)';
}

/** In the file, where values of 4 bits are packed. */
function constantBytes({ data, dtype }: Tensor): number {
  return data === undefined ? 0 : byteLength(dtype, data.length);
}

/** Each of them once, whoever reads it. */
export function constantBytesOf({ tensors }: Graph): number {
  return tensors.reduce((sum, tensor) => sum + constantBytes(tensor), 0);
}

/** One entry per node of the quantized graph. */
export function layersOf(run: KnownRun): LayerReport[] {
  const {
    optimized,
    quantized: { graph, plan, tensorOf },
  } = run;
  const live = liveBytes(graph, run.memory);
  const decided = new Map(
    plan?.nodes.map((decision) => [tensorOf.get(optimized.nodes[decision.node]!.outputs[0]!), decision] as const),
  );
  const kept = new Set(plan === null ? optimized.nodes.map(({ outputs }) => tensorOf.get(outputs[0]!)) : []);
  const ratios = run.layerErrors?.sqnrDb;
  return graph.nodes.map((node, position) => {
    const output = node.outputs[0]!;
    const decision = decided.get(output);
    const floatOutput = decision === undefined ? undefined : optimized.nodes[decision.node]!.outputs[0];
    const weights = node.inputs.map((id) => (id === null ? 0 : constantBytes(tensorAt(graph, id))));
    return {
      layer: node.origin,
      operator: node.kind,
      output: tensorReport(graph, output),
      macs: run.cost.nodes[position]!.macs,
      weightBytes: weights.reduce((sum, bytes) => sum + bytes, 0),
      decision: decision?.reason ?? (kept.has(output) ? 'as the file has it' : addedFor(run, node, decided)),
      liveBytes: live[position]!,
      ...(ratios?.has(output) === true && { sqnrDb: ratios.get(output)! }),
      outputScale: floatOutput === undefined ? '' : (plan?.written.get(floatOutput)?.reason ?? ''),
    };
  });
}

export function noisiestLayer({ layerErrors, quantized: { graph } }: KnownRun): NoisiestLayer | null {
  if (layerErrors === undefined) return null;
  const { samples, sqnrDb } = layerErrors;
  const compared = graph.nodes.flatMap(({ origin: layer, kind: operator, outputs: [output] }) => {
    const ratio = sqnrDb.get(output!);
    return typeof ratio === 'number' ? [{ layer, operator, sqnrDb: ratio, samples }] : [];
  });
  return compared.reduce<NoisiestLayer | null>(
    (worst, each) => (worst === null || each.sqnrDb < worst.sqnrDb ? each : worst),
    null,
  );
}
