// Runs a model that was given quantized on the data there is, and holds it against their labels: there is no float model.
import { inTurn, tensorAt, type Engine, type Graph, type TensorData } from '@wherry/graph';
import { judgedSamples, SampleReservoir } from '@wherry/quantizer';
import type { DeployRequest } from '../deployment.js';
import {
  dataSettings,
  openGraphData,
  watchSamples,
  withLikeness,
  type GraphData,
  type SeenData,
} from '../inputs/datasets.js';
import type { ProgressSink } from '../progress.js';
import { requireClassesForNames } from '../require-exportable.js';
import { inputReach } from './input-reach.js';
import { likeness } from './likeness.js';
import { OutputComparator, type OutputComparison } from './output-comparison.js';
import { withRealEnds } from './real-ends.js';

export interface MeasuredAlone {
  /** The model behind real values. */
  readonly real: Graph;
  readonly data: GraphData;
  readonly seen: SeenData;
  /** The model with itself, so that all it says is what it says of the labels. */
  readonly compared: readonly OutputComparison[];
  /** Some of the samples. */
  readonly samples: readonly { readonly inputs: readonly TensorData[] }[];
}

/** Undefined where no data was given. */
export async function measureAlone(
  request: DeployRequest,
  graph: Graph,
  engine: Engine,
  progress: ProgressSink,
): Promise<MeasuredAlone | undefined> {
  const named = request.evaluation ?? request.calibration;
  if (named === undefined) return undefined;
  const real = withRealEnds(graph);
  const opened = await openGraphData(named, real, dataSettings(request));
  const data = withLikeness(opened, real, await likeness(real, engine, opened.dataset.samples()));
  requireClassesForNames(request, data.tasks, real);
  const watched = watchSamples(data, inputReach(graph));
  const reservoir = new SampleReservoir(judgedSamples(real, request.budgetSeconds));
  const comparators = real.outputs.map(
    (id, position) => new OutputComparator(tensorAt(real, id).name, data.tasks.tasks[position]!),
  );
  progress.begin('measure', data.dataset.count);
  const executor = await engine.prepare(real);
  try {
    let done = 0;
    const samples = watched.samples;
    for await (const { item, result } of inTurn(samples, executor.atOnce ?? 1, ({ inputs }) => executor.run(inputs))) {
      reservoir.offer({ inputs: item.inputs, expected: [], block: 0 });
      comparators.forEach((comparator, position) => {
        const values = result[position] as ArrayLike<number>;
        comparator.add(values, values, item);
      });
      progress.advance(++done);
    }
  } finally {
    executor.dispose();
  }
  progress.end();
  const compared = comparators.map((comparator) => comparator.result);
  return { real, data, seen: await watched.seen(), compared, samples: reservoir.samples };
}
