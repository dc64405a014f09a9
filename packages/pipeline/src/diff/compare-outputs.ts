// Both graphs on the same samples: whether their outputs are the same numbers, and how far they are apart where not.
import { basename } from 'node:path';
import { tensorAt, type Engine, type Graph, type TensorData } from '@wherry/graph';
import { parsePreprocessing } from '@wherry/calibration-data';
import { OutputComparator, type SampleTruth } from '../accuracy/output-comparison.js';
import { openGraphData } from '../inputs/datasets.js';
import type { ProgressSink } from '../progress.js';
import type { LeftOut, OutputDifference, OutputsDifference } from './document.js';
import type { EndPair } from './match-ends.js';
import { elementsOf, realOf, withRealInputs } from './real-feeds.js';
import { isGraph, type Side } from './read-side.js';
import { NotRun, runBoth } from './run-both.js';

export interface OutputsRequest {
  /** `[FORMAT:]PATH`. */
  readonly data: string;
  readonly samples?: number | undefined;
  /** `KEY=VALUE`. */
  readonly preprocess?: readonly string[] | undefined;
  /** Class names in the order of the outputs. */
  readonly labels?: readonly string[] | undefined;
  readonly engine: () => Promise<Engine>;
  readonly signal?: AbortSignal | undefined;
}

interface Ends {
  readonly inputs: readonly EndPair[];
  readonly outputs: readonly EndPair[];
}

/** A pair of outputs and what is known of it so far. Lives as long as one comparison. */
class OutputPair {
  readonly #a: Graph;
  readonly #b: Graph;
  readonly #step: number | undefined;
  readonly #asStored: boolean;
  #values = 0;
  #differing = 0;
  #greatest = 0;

  constructor(
    a: Graph,
    b: Graph,
    readonly position: { readonly a: number; readonly b: number },
    readonly comparator: OutputComparator,
  ) {
    [this.#a, this.#b] = [a, b];
    const [own, other] = [tensorAt(a, a.outputs[position.a]!), tensorAt(b, b.outputs[position.b]!)];
    const scales = [own, other].flatMap(({ quantization }) => quantization?.scale[0] ?? []);
    this.#step = scales.length === 0 ? undefined : Math.max(...scales);
    this.#asStored =
      own.dtype === other.dtype && JSON.stringify(own.quantization) === JSON.stringify(other.quantization);
  }

  add(before: readonly TensorData[], after: readonly TensorData[], truth: SampleTruth): void {
    const [own, other] = [before[this.position.a]!, after[this.position.b]!];
    const [real, realOther] = [
      realOf(this.#a, this.#a.outputs[this.position.a]!, own),
      realOf(this.#b, this.#b.outputs[this.position.b]!, other),
    ];
    this.comparator.add(real, realOther, truth);
    this.#values += own.length;
    for (let i = 0; i < own.length; i++) {
      const same = this.#asStored ? Object.is(own[i], other[i]) : Object.is(real[i], realOther[i]);
      if (same) continue;
      this.#differing++;
      const distance = Math.abs(real[i]! - realOther[i]!);
      this.#greatest = Math.max(this.#greatest, Number.isNaN(distance) ? Infinity : distance);
    }
  }

  get result(): OutputDifference {
    const { confusion: _confusion, ...result } = this.comparator.result;
    return {
      ...result,
      position: this.position,
      identical: this.#differing === 0,
      values: this.#values,
      differingValues: this.#differing,
      greatestError: this.#greatest,
      greatestSteps: this.#step === undefined ? null : this.#greatest / this.#step,
      sqnrDb: Number.isFinite(result.sqnrDb) ? result.sqnrDb : null,
    };
  }
}

/** Null where they could not be run on the same samples: `leftOut` says why. Throws what the data is refused for. */
export async function compareOutputs(
  a: Side,
  b: Side,
  ends: Ends,
  request: OutputsRequest,
  leftOut: LeftOut[],
  progress: ProgressSink,
): Promise<OutputsDifference | null> {
  const leave = (why: string, side: LeftOut['side'] = 'both'): null => {
    leftOut.push({ what: 'outputs on the samples', side, why });
    return null;
  };
  // Said for the whole graph.
  if (!isGraph(a.graph) || !isGraph(b.graph)) return null;
  const [own, other] = [a.graph, b.graph];
  if (ends.inputs.some((pair) => pair.a === null || pair.b === null))
    return leave(`they have ${own.inputs.length} and ${other.inputs.length} inputs`);
  const sizes = (graph: Graph, position: number): number => elementsOf(tensorAt(graph, graph.inputs[position]!).shape);
  const misfit = ends.inputs.find((pair) => sizes(own, pair.a!) !== sizes(other, pair.b!));
  if (misfit !== undefined)
    return leave(`input ${misfit.a} takes ${sizes(own, misfit.a!)} values in a and ${sizes(other, misfit.b!)} in b`);
  const data = await openGraphData(request.data, withRealInputs(own), {
    limit: request.samples,
    preprocessing: request.preprocess === undefined ? undefined : parsePreprocessing(request.preprocess),
    classes: request.labels,
  });
  const pairs = outputPairs(own, other, ends, data.tasks.tasks, leftOut);
  const engine = await request.engine();
  let done = 0;
  progress.begin('compare outputs', data.dataset.count);
  try {
    const both = runBoth({ a: own, b: other }, ends.inputs, data.dataset.samples(), engine, request.signal);
    for await (const { sample, ...results } of both) {
      for (const pair of pairs) pair.add(results.a, results.b, sample);
      progress.advance(++done);
    }
  } catch (error) {
    if (!(error instanceof NotRun)) throw error;
    return leave(error.why, error.side);
  } finally {
    progress.end();
  }
  return {
    data: { name: basename(data.name), sha256: await data.dataset.sha256(), samples: done },
    engine: engine.name,
    outputs: pairs.map((pair) => pair.result),
  };
}

/** Outputs of equally many values. */
function outputPairs(
  own: Graph,
  other: Graph,
  { outputs }: Ends,
  tasks: readonly ConstructorParameters<typeof OutputComparator>[1][],
  leftOut: LeftOut[],
): readonly OutputPair[] {
  return outputs.flatMap(({ a, b }) => {
    if (a === null || b === null) return [];
    const [before, after] = [tensorAt(own, own.outputs[a]!), tensorAt(other, other.outputs[b]!)];
    if (elementsOf(before.shape) !== elementsOf(after.shape)) {
      const why = `it has ${elementsOf(before.shape)} values in a and ${elementsOf(after.shape)} in b`;
      leftOut.push({ what: `the values of output ${before.name}`, side: 'both', why });
      return [];
    }
    return [new OutputPair(own, other, { a, b }, new OutputComparator(before.name, tasks[a]!))];
  });
}
