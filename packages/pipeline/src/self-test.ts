// Known answers for the firmware: a few samples as the device takes them, and what the integer model makes of them.
import {
  evaluate,
  freshStates,
  statesOf,
  type Engine,
  type Executor,
  type Graph,
  type TensorData,
} from '@wherry/graph';
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
 * are made up. Where the graph keeps a state the cases are runs in a row that begin with zeros, two at least: the first knows
 * nothing of what a run leaves. A lack of samples repeats them.
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
  const keepsState = statesOf(graph).length > 0;
  const wanted = [0, last, Math.floor(last / 2)].filter((at) => at >= 0);
  const chosen = keepsState ? wanted : [...new Set(wanted)];
  const least = keepsState ? 2 : 1;
  const executor = keepsState ? goingOn(graph) : await engine.prepare(graph);
  const cases: SelfTestCase[] = [];
  let total = 0;
  try {
    for (const at of chosen) {
      const feeds = given[at]!();
      const answers = await executor.run(feeds);
      const one = { inputs: feeds.map(bytesOf), outputs: answers.map(bytesOf) };
      const size = [...one.inputs, ...one.outputs].reduce((sum, { length }) => sum + length, 0);
      total += size;
      if (size > greatestCaseBytes || (total > usualBytes && cases.length >= least)) break;
      cases.push(one);
    }
  } finally {
    executor.dispose();
  }
  return cases;
}

/** Runs by the reference kernels, each of which goes on from the one before. */
function goingOn(graph: Graph): Executor {
  const states = freshStates(graph);
  return { run: (feeds) => Promise.resolve(evaluate(graph, feeds, { states })), dispose: () => undefined };
}
