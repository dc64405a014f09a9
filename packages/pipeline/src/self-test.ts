// Known answers for the firmware: a few samples as the device takes them, and what the integer model makes of them.
import type { Engine, Graph, TensorData } from '@wherry/graph';
import { quantizeFeeds } from '@wherry/quantizer';
import type { SelfTestCase } from '@wherry/c-exporter';
import { madeUpInputs } from './made-up-inputs.js';
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
  samples?: readonly RealSample[],
): Promise<readonly SelfTestCase[]> {
  const given =
    samples?.map(
      ({ inputs }) =>
        () =>
          quantizeFeeds(graph, inputs),
    ) ?? madeUpInputs(graph, most).map((feeds) => () => feeds);
  const last = given.length - 1;
  const chosen = [...new Set([0, last, Math.floor(last / 2)])].filter((at) => at >= 0).slice(0, most);
  const executor = await engine.prepare(graph);
  const cases: SelfTestCase[] = [];
  let total = 0;
  try {
    for (const at of chosen) {
      const feeds = given[at]!();
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
