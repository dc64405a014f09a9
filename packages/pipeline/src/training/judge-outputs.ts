// The model without training and the trained one on samples that neither was made or chosen by.
import type { Engine, Graph } from '@wherry/graph';
import type { LossName } from '@wherry/trainer/training-settings';
import { measureAccuracy, type LabelledSample } from '../accuracy/measure-accuracy.js';
import type { OutputComparison } from '../accuracy/output-comparison.js';
import type { OutputTask } from '../accuracy/output-task.js';
import { GainJudge } from './judge-gain.js';
import type { HeldBackFigures, JudgedOutput } from './training-request.js';

export async function judgeOutputs(
  { float, before, after }: { readonly float: Graph; readonly before: Graph; readonly after: Graph },
  engine: Engine,
  samples: () => AsyncIterable<LabelledSample>,
  tasks: readonly OutputTask[],
  loss: LossName,
): Promise<readonly JudgedOutput[]> {
  const judges = tasks.map((task) => new GainJudge(task));
  const kept = tasks.map((): ArrayLike<number>[] => []);
  const without = await measureAccuracy(float, before, engine, samples(), {
    tasks,
    witness: (output, place, _, actual) => void (kept[output]![place] = Float64Array.from(actual)),
  });
  const trained = await measureAccuracy(float, after, engine, samples(), {
    tasks,
    witness: (output, place, expected, actual, sample) =>
      judges[output]!.add({ float: expected, before: kept[output]![place]!, after: actual }, sample),
  });
  return trained.map((comparison, i) => ({
    name: comparison.name,
    before: figuresOf(without[i]!),
    after: figuresOf(comparison),
    verdict: judges[i]!.verdict(loss),
  }));
}

function figuresOf({ sqnrDb, top1, threshold, targets, reconstruction, embedding }: OutputComparison): HeldBackFigures {
  const decided = top1 ?? threshold;
  return {
    sqnrDb: Number.isFinite(sqnrDb) ? sqnrDb : null,
    agreement: decided === undefined || decided.decisions === 0 ? null : decided.agree / decided.decisions,
    right: decided === undefined || decided.labelled === 0 ? null : decided.quantizedRight / decided.labelled,
    auc: (threshold ?? reconstruction ?? embedding)?.quantizedAuc ?? null,
    rmse: targets?.quantizedRmse ?? (reconstruction === undefined ? null : Math.sqrt(reconstruction.quantizedMse)),
  };
}
