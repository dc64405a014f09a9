// What a quantized graph is worth beside the float one, on the samples that the user gave for that.
import type { Engine } from '@wherry/graph';
import { computesInHalf, halfArithmetic } from '../accuracy/half-arithmetic.js';
import { judge, type Judged } from '../accuracy/judge.js';
import { layerSamples, measureLayers } from '../accuracy/layer-errors.js';
import { measureAccuracy, type LabelledSample } from '../accuracy/measure-accuracy.js';
import { SpreadSamples } from '../accuracy/spread-samples.js';
import { judgeDataQuality } from '../data-quality/data-quality.js';
import type { DeployRun } from '../deployment.js';
import { openEvidence } from '../evidence/open-evidence.js';
import { areSameSamples, watchSamples } from '../inputs/datasets.js';
import { openSaturationTrial, type Saturation } from '../accuracy/saturation-trial.js';
import type { Prepared, PreparedData } from '../prepare.js';
import type { ProgressSink } from '../progress.js';
import type { Sized } from '../refuse.js';
import type { MeasuredRun } from '../report/refused-report.js';

export type Measured = Pick<
  DeployRun,
  'evaluation' | 'accuracy' | 'layerErrors' | 'evidence' | 'dataQuality' | 'limits' | 'warnings' | 'classNames'
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
    layerErrors: compared?.layerErrors,
    evidence: compared?.evidence,
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
  { target, place, quantized, cost }: Sized,
  { optimized, keepsEvidence }: Prepared,
  { evaluationData, calibrationData, calibrationSeen: { report: calibration }, known, reservoir }: PreparedData,
  progress: ProgressSink,
): Promise<Compared> {
  const evaluated =
    evaluationData === calibrationData ? undefined : watchSamples(evaluationData, calibration.lint.inputs);
  const { count } = evaluationData.dataset;
  const saturation = evaluated && (await openSaturationTrial(engine, quantized.graph, reservoir.samples, count));
  const graphs = { float: quantized.float ?? optimized, quantized: quantized.graph, tensorOf: quantized.tensorOf };
  const { tasks } = evaluationData.tasks;
  const open = keepsEvidence === true ? openEvidence(graphs, tasks) : undefined;
  progress.begin('compare with float', count);
  const samples = evaluated?.samples ?? calibrationData.dataset.samples();
  const some = new SpreadSamples<LabelledSample>(count, layerSamples(cost.total.macs));
  const half = computesInHalf(target, place.scheme) ? { quantizedOn: halfArithmetic(engine) } : {};
  const accuracy = await measureAccuracy(optimized, quantized.graph, engine, some.of(samples), {
    tasks,
    known,
    ...half,
    ...(saturation && { observe: saturation.observe }),
    witness: open?.ofOutputs,
    progress: (done) => progress.advance(done),
  });
  progress.end();
  const feeds = some.kept.map(({ inputs }) => inputs);
  const layerErrors = await measureLayers(graphs, engine, feeds, { ...half, witness: open?.ofLayers });
  const evaluation = (await evaluated?.seen())?.report ?? calibration;
  // Of the same samples, in whatever files, nothing is to be held against each other.
  const isOther = !areSameSamples(evaluation, calibration);
  return {
    accuracy,
    layerErrors,
    evidence: open?.result(layerErrors.samples),
    evaluation,
    saturation: isOther ? saturation?.result() : undefined,
  };
}
