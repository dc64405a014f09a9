// How far a quantized graph's outputs are from the float graph's, as one number to compare candidates by.
import { operatorOf, tensorAt, type Engine, type Graph, type TensorData, type TensorId } from '@wherry/graph';
import type { Applied } from '../apply/apply.js';

/**
 * Where outputs are judged: before a final operator with a fixed output scale (SOFTMAX, LOGISTIC, TANH), because after it
 * most of the error is squashed to the same few integers.
 */
export function judgedTensors(graph: Graph): TensorId[] {
  return graph.outputs.map((id) => {
    const writer = graph.nodes.find((node) => node.outputs.includes(id));
    const squashes = writer !== undefined && operatorOf(writer.kind).quantization.output.from === 'fixed';
    return squashes ? writer.inputs[0]! : id;
  });
}

/** The values of `ids` for every sample: [sample][position in ids]. */
export async function runAndKeep(
  graph: Graph, engine: Engine, samples: readonly (readonly TensorData[])[], ids: readonly TensorId[],
): Promise<TensorData[][]> {
  const executor = await engine.prepare(graph);
  const kept: TensorData[][] = [];
  try {
    for (const sample of samples) {
      const values = new Map<TensorId, TensorData>();
      await executor.run(sample, {
        wants: (id) => ids.includes(id),
        see: (id, data) => values.set(id, data.slice() as TensorData),
      });
      kept.push(ids.map((id) => values.get(id)!));
    }
  } finally {
    executor.dispose();
  }
  return kept;
}

/** Mean over samples and outputs of |quantized - float|^2 / |float|^2, with the integers taken back to real values. */
export async function outputError(
  applied: Applied, engine: Engine, samples: readonly (readonly TensorData[])[],
  judged: { readonly ids: readonly TensorId[]; readonly expected: readonly (readonly TensorData[])[] },
): Promise<number> {
  const ids = judged.ids.map((id) => applied.tensorOf.get(id)!);
  const actual = await runAndKeep(applied.graph, engine, samples.map((sample) => quantizeFeeds(applied.graph, sample)), ids);
  let total = 0;
  actual.forEach((values, sample) => {
    values.forEach((data, position) => {
      total += relativeError(data, applied.graph, ids[position]!, judged.expected[sample]![position]!);
    });
  });
  return total / Math.max(1, actual.length * ids.length);
}

function relativeError(data: TensorData, graph: Graph, id: TensorId, expected: TensorData): number {
  const { quantization } = tensorAt(graph, id);
  const scale = quantization?.scale[0] ?? 1;
  const zeroPoint = quantization?.zeroPoint[0] ?? 0;
  let error = 0;
  let power = 0;
  for (let i = 0; i < data.length; i++) {
    const real = Number(expected[i]);
    error += ((Number(data[i]) - zeroPoint) * scale - real) ** 2;
    power += real * real;
  }
  return error / Math.max(power, Number.MIN_VALUE);
}

/**
 * Real-valued samples as the graph's own input type: rounded half away from zero after a float32 division, as the
 * runtime's QUANTIZE does. Float inputs pass unchanged.
 */
export function quantizeFeeds(graph: Graph, feeds: readonly TensorData[]): TensorData[] {
  return feeds.map((feed, position) => {
    const { dtype, quantization } = tensorAt(graph, graph.inputs[position]!);
    if (dtype !== 'int8' || quantization === undefined || !(feed instanceof Float32Array)) return feed;
    const scale = quantization.scale[0]!;
    const zeroPoint = quantization.zeroPoint[0]!;
    return Int8Array.from(feed, (value) => {
      const steps = Math.fround(value / scale);
      const rounded = steps < 0 ? -Math.round(-steps) : Math.round(steps);
      return Math.min(127, Math.max(-128, rounded + zeroPoint));
    });
  });
}
