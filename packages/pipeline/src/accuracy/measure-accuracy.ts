// Runs the float and the quantized graph on the same samples and says how far apart they are.
import {
  inTurn,
  tensorAt,
  type Engine,
  type Executor,
  type Graph,
  type Observer,
  type TensorData,
} from '@wherry/graph';
import { quantizeFeeds } from '@wherry/quantizer';
import type { FloatOutputs } from './float-outputs.js';
import { OutputComparator, type OutputComparison, type SampleTruth } from './output-comparison.js';
import { partsOf, type Parts } from './part-errors.js';
import { natureOf, type OutputTask } from './output-task.js';
import { realValues } from './real-values.js';

export interface LabelledSample extends SampleTruth {
  readonly inputs: readonly TensorData[];
  /** What the data call it, where they do. */
  readonly id?: string;
}

export interface AccuracyOptions {
  /** Of each graph output. */
  readonly tasks: readonly OutputTask[];
  /** Float outputs of the same samples, as far as they are known already. */
  readonly known?: FloatOutputs | undefined;
  /** What the quantized graph runs on, where that is another one. */
  readonly quantizedOn?: Engine;
  /** Who looks at the quantized run of a sample, by its number. */
  readonly observe?: (index: number) => Observer | undefined;
  /** Told of each output what both make of a sample, by their places. */
  readonly witness?:
    | ((
        output: number,
        place: number,
        expected: ArrayLike<number>,
        actual: ArrayLike<number>,
        sample: LabelledSample,
      ) => void)
    | undefined;
  /** Told the number of samples done. */
  readonly progress?: (done: number) => void;
}

/** One comparison per graph output. */
export async function measureAccuracy(
  float: Graph,
  quantized: Graph,
  engine: Engine,
  samples: AsyncIterable<LabelledSample>,
  { tasks, known, quantizedOn = engine, observe, witness, progress }: AccuracyOptions,
): Promise<OutputComparison[]> {
  let floatExecutor: Promise<Executor> | undefined;
  const quantizedExecutor = await quantizedOn.prepare(quantized);
  const comparators = float.outputs.map(
    (id, i) => new OutputComparator(tensorAt(float, id).name, tasks[i]!, partsAt(float, quantized, i)),
  );
  let [begun, done] = [0, 0];
  const runOne = async ({ inputs }: LabelledSample) => {
    const index = begun++;
    const expected = known?.of(index) ?? (await (await (floatExecutor ??= engine.prepare(float))).run(inputs));
    return { expected, actual: await quantizedExecutor.run(quantizeFeeds(quantized, inputs), observe?.(index)) };
  };
  try {
    for await (const { item, result } of inTurn(samples, quantizedExecutor.atOnce ?? 1, runOne)) {
      comparators.forEach((comparator, position) => {
        const real = realValues(tensorAt(quantized, quantized.outputs[position]!), result.actual[position]!);
        const expected = result.expected[position] as Float32Array;
        comparator.add(expected, real, item);
        witness?.(position, done, expected, real, item);
      });
      done += 1;
      progress?.(done);
    }
  } finally {
    (await floatExecutor)?.dispose();
    quantizedExecutor.dispose();
  }
  return comparators.map((comparator) => comparator.result);
}

function partsAt(float: Graph, quantized: Graph, position: number): Parts | undefined {
  const { shape } = tensorAt(float, float.outputs[position]!);
  const { quantization } = tensorAt(quantized, quantized.outputs[position]!);
  const { inputSized } = natureOf(float, float.outputs[position]!);
  return quantization === undefined ? undefined : partsOf(shape, quantization.scale[0]!, inputSized);
}
