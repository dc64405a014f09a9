// Real-valued samples as a quantized graph takes them.
import { allocate, integerRange, tensorAt, type Graph, type TensorData } from '@wherry/graph';

// Taken once: a sandboxed module, as in a test, finds the global Math two orders slower than its own constant.
const { fround, floor } = Math;

/**
 * Real-valued samples as the graph's own input type: rounded half away from zero after a float32 division, as the
 * runtime's QUANTIZE does. Float inputs pass unchanged.
 */
export function quantizeFeeds(graph: Graph, feeds: readonly TensorData[]): TensorData[] {
  return feeds.map((feed, position) => {
    const { dtype, quantization } = tensorAt(graph, graph.inputs[position]!);
    if (quantization === undefined || !(feed instanceof Float32Array)) return feed;
    const scale = quantization.scale[0]!;
    const zeroPoint = quantization.zeroPoint[0]!;
    const [least, greatest] = integerRange(dtype);
    const integers = allocate(dtype, feed.length) as Int16Array;
    for (let i = 0; i < feed.length; i++) {
      const steps = fround(feed[i]! / scale);
      // Of a float32, half more is exact where the result is not clamped anyway.
      const integer = (steps < 0 ? -floor(0.5 - steps) : floor(steps + 0.5)) + zeroPoint;
      integers[i] = integer < least ? least : integer > greatest ? greatest : integer;
    }
    return integers;
  });
}
