// Real-valued samples as a quantized graph takes them.
import { tensorAt, type Graph, type TensorData } from '@wherry/graph';

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
