// Known answers for the firmware: a few samples as the device takes them, and what the integer model makes of them.
import { elementCount, tensorAt, type Engine, type Graph, type TensorData } from '@wherry/graph';
import { quantizeFeeds } from '@wherry/quantizer';
import type { SelfTestCase } from '@wherry/c-exporter';
import { bytesOf } from './measure/tensor-bytes.js';

const most = 3;
/** Bytes of all cases together; a single one may have more. */
const usualBytes = 16 * 1024;
/** A case beyond this is no use on a microcontroller. */
export const greatestCaseBytes = 64 * 1024;

interface RealSample {
  readonly inputs: readonly TensorData[];
}

/**
 * First, last and middle one of `samples`, as many as fit. `graph`: as it runs; `samples`: real inputs; without any, numbers
 * are made up.
 */
export async function selfTestCases(
  graph: Graph,
  engine: Engine,
  samples: readonly RealSample[] = [madeUp(graph)],
): Promise<readonly SelfTestCase[]> {
  const last = samples.length - 1;
  const chosen = [...new Set([0, last, Math.floor(last / 2)])].filter((at) => at >= 0).slice(0, most);
  const executor = await engine.prepare(graph);
  const cases: SelfTestCase[] = [];
  let total = 0;
  try {
    for (const at of chosen) {
      const feeds = quantizeFeeds(graph, samples[at]!.inputs);
      const answers = await executor.run(feeds);
      const one = { inputs: feeds.map(bytesOf), outputs: answers.map(bytesOf) };
      const size = [...one.inputs, ...one.outputs].reduce((sum, { length }) => sum + length, 0);
      total += size;
      if (size > greatestCaseBytes || (total > usualBytes && cases.length > 0)) break;
      cases.push(one);
    }
  } finally {
    executor.dispose();
  }
  return cases;
}

/** Between -1 and 1, the same on every machine: no picture and no sound, but each layer has something to compute. */
function madeUp(graph: Graph): RealSample {
  let state = 1;
  const next = (): number => (state = (Math.imul(state, 48271) >>> 0) % 2147483647) / 1073741823.5 - 1;
  return {
    inputs: graph.inputs.map((id) =>
      Float32Array.from({ length: elementCount(tensorAt(graph, id).shape) }, () => Math.fround(next())),
    ),
  };
}
