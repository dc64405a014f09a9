// What a quantized graph is worth beside the float one, on the samples that the user gave for that.
import type { Engine } from '@wherry/graph';
import { computesInHalf, halfArithmetic } from '../accuracy/half-arithmetic.js';
import { judge, type Judged } from '../accuracy/judge.js';
import { measureAccuracy } from '../accuracy/measure-accuracy.js';
import { judgeDataQuality } from '../data-quality/data-quality.js';
import type { DeployRun } from '../deployment.js';
import { areSameSamples, watchSamples } from '../inputs/datasets.js';
import { openSaturationTrial, type Saturation } from '../accuracy/saturation-trial.js';
import type { Prepared, PreparedData } from '../prepare.js';
import type { ProgressSink } from '../progress.js';
import type { Sized } from '../refuse.js';
import type { MeasuredRun } from '../report/refused-report.js';

export type Measured = Pick<
  DeployRun,
  'evaluation' | 'accuracy' | 'dataQuality' | 'limits' | 'warnings' | 'classNames'
> &
  Pick<Judged, 'refusal' | 'cause' | 'isOfOtherScale'>;

export async function measure(
  engine: Engine,
  sized: Sized,
  prepared: Prepared,
  progress: ProgressSink,
): Promise<Measured> {
  const { data } = prepared;
  const compared = data === undefined ? undefined : await compare(engine, sized, prepared, data, progress);
  const judged = await judge(sized, prepared, sized.quantized, compared);
  const { quality, warnings } = judgeDataQuality(prepared, sized.quantized, {
    percentile: sized.request.percentile,
    saturation: compared?.saturation,
    evaluated: compared?.evaluation?.lint.inputs ?? [],
    told: judged.warnings,
  });
  return {
    evaluation: compared?.evaluation,
    accuracy: compared?.accuracy ?? [],
    dataQuality: quality,
    ...judged,
    warnings: [...judged.warnings, ...warnings],
  };
}

interface Compared extends MeasuredRun {
  readonly saturation: Saturation | undefined;
}

async function compare(
  engine: Engine,
  { target, place, quantized }: Sized,
  { optimized }: Prepared,
  { evaluationData, calibrationData, calibrationSeen: { report: calibration }, known, reservoir }: PreparedData,
  progress: ProgressSink,
): Promise<Compared> {
  const evaluated =
    evaluationData === calibrationData ? undefined : watchSamples(evaluationData, calibration.lint.inputs);
  const { count } = evaluationData.dataset;
  const saturation = evaluated && (await openSaturationTrial(engine, quantized.graph, reservoir.samples, count));
  progress.begin('compare with float', evaluationData.dataset.count);
  const samples = evaluated?.samples ?? calibrationData.dataset.samples();
  const accuracy = await measureAccuracy(optimized, quantized.graph, engine, samples, {
    tasks: evaluationData.tasks.tasks,
    known,
    ...(computesInHalf(target, place.scheme) && { quantizedOn: halfArithmetic(engine) }),
    ...(saturation && { observe: saturation.observe }),
    progress: (done) => progress.advance(done),
  });
  progress.end();
  const evaluation = (await evaluated?.seen())?.report ?? calibration;
  // Of the same samples, in whatever files, nothing is to be held against each other.
  const isOther = !areSameSamples(evaluation, calibration);
  return { accuracy, evaluation, saturation: isOther ? saturation?.result() : undefined };
}
