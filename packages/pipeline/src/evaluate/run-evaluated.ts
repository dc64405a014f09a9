// Runs what there is on the same samples and hands the outputs of both to the judges, sample by sample.
import { inTurn, tensorAt, WherryError, type Engine, type Executor, type Graph, type TensorData } from '@wherry/graph';
import type { LabelledSample } from '../accuracy/measure-accuracy.js';
import { OutputComparator, type OutputComparison } from '../accuracy/output-comparison.js';
import type { OutputTask } from '../accuracy/output-task.js';
import { feedOf, realOf } from '../diff/real-feeds.js';
import { evaluationDiagnostics } from '../evaluation-diagnostics.js';
import { requireRows, type Recorded } from './recorded-outputs.js';

/** A model to be run, and where its ends are by the positions of the model that is evaluated. */
export interface Running {
  /** Behind real values. */
  readonly graph: Graph;
  readonly inputs: readonly number[];
  readonly outputs: readonly (number | undefined)[];
}

export interface EvaluatedSides {
  /** The model that is evaluated: its outputs are what is judged. */
  readonly names: readonly string[];
  readonly tasks: readonly OutputTask[];
  /** Undefined where recorded outputs stand in for it and it is not the reference either. */
  readonly own: Running | undefined;
  /** What it is held against; undefined where that is itself. */
  readonly other: Running | undefined;
  readonly recorded: readonly Recorded[];
}

/** One comparison for each output that both have. Throws OUTPUTS_MISFIT, and what the samples throw. */
export async function runEvaluated(
  { names, tasks, own, other, recorded }: EvaluatedSides,
  engine: Engine,
  samples: AsyncIterable<LabelledSample>,
  advance: (done: number) => void,
): Promise<OutputComparison[]> {
  const judged = names.flatMap((name, position) => {
    const hasOther = other === undefined || other.outputs[position] !== undefined;
    const isRecorded = recorded.length === 0 || recorded.some((each) => each.position === position);
    return hasOther && isRecorded ? [{ position, comparator: new OutputComparator(name, tasks[position]!) }] : [];
  });
  const rows = new Map(recorded.map((each) => [each.position, each.rows()]));
  const runners = await Promise.all([own, other].map(async (side) => side && runnerOf(side, engine)));
  const [runOwn, runOther] = runners;
  const atOnce = Math.min(...runners.map((runner) => runner?.atOnce ?? Infinity));
  let done = 0;
  try {
    const both = ({ inputs }: LabelledSample) => Promise.all([runOwn?.run(inputs), runOther?.run(inputs)]);
    for await (const { item, result } of inTurn(samples, Number.isFinite(atOnce) ? atOnce : 1, both)) {
      const [mine, theirs] = result;
      for (const { position, comparator } of judged) {
        const row = (await rows.get(position)?.next())?.value as ArrayLike<number> | undefined;
        if (rows.has(position) && row === undefined) requireRows(recordedAt(recorded, position), done + 1);
        const given = row ?? mine!.at(position)!;
        comparator.add((theirs ?? mine!).at(position)!, given, item);
      }
      advance(++done);
    }
  } finally {
    runners.forEach((runner) => runner?.dispose());
    for (const each of rows.values()) await each.return();
  }
  recorded.forEach((each) => requireRows(each, done));
  return judged.map(({ comparator }) => comparator.result);
}

function recordedAt(recorded: readonly Recorded[], position: number): Recorded {
  return recorded.find((each) => each.position === position)!;
}

export interface Runner extends Pick<Executor, 'atOnce' | 'dispose'> {
  run(inputs: readonly TensorData[]): Promise<{ at(position: number): ArrayLike<number> | undefined }>;
}

/** Gives real values, by the positions of the model that is evaluated. */
export async function runnerOf({ graph, inputs, outputs }: Running, engine: Engine): Promise<Runner> {
  const executor = await engine.prepare(graph);
  return {
    ...(executor.atOnce !== undefined && { atOnce: executor.atOnce }),
    dispose: () => executor.dispose(),
    run: async (given) => {
      const feeds: TensorData[] = [];
      given.forEach((values, position) => (feeds[inputs[position]!] = fed(graph, inputs[position]!, values)));
      const results = await executor.run(feeds);
      // Copied, as an executor may write its next results into the same arrays.
      const real = outputs.map((at) =>
        at === undefined ? undefined : realOf(graph, graph.outputs[at]!, results[at]!),
      );
      return { at: (position) => real[position] };
    },
  };
}

function fed(graph: Graph, position: number, values: TensorData): TensorData {
  const feed = feedOf(graph, position, values);
  if (feed !== undefined) return feed;
  const { name, dtype } = tensorAt(graph, graph.inputs[position]!);
  throw new WherryError(evaluationDiagnostics.EVALUATION_ENDS, {
    what: `input ${name} takes ${dtype}, and the samples hold fractions or numbers beyond it`,
    next: 'give samples of whole numbers, as the model was trained on',
  });
}
