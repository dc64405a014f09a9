// What the float model's own decisions say of the samples: whether they are prepared as in training, and which set is not.
import type { Engine } from '@wherry/graph';
import type { Made } from '../deployment.js';
import { advisedDifferences, type AdvisedDifference } from '../inputs/data-warnings.js';
import { areSameSamples, type DatasetReport } from '../inputs/datasets.js';
import type { Prepared, PreparedData } from '../prepare.js';
import { inputTrial, isFloatRight, type InputTrial } from './input-trials.js';
import type { OutputComparison } from './output-comparison.js';

export interface SampleEvidence {
  readonly onCalibrationData: boolean;
  readonly trial: InputTrial | undefined;
  /** Of the ranges of the two sets. */
  readonly differences: readonly AdvisedDifference[];
  /** The first for which one of the two has to be on the wrong scale. */
  readonly otherScale: AdvisedDifference | undefined;
}

export async function sampleEvidence(
  float: Prepared['optimized'],
  engine: Engine,
  { evaluationData: { dataset, tasks }, calibrationSeen: { report: calibration } }: PreparedData,
  { accuracy, evaluation }: { readonly accuracy: readonly OutputComparison[]; readonly evaluation: DatasetReport },
  { selection }: Pick<Made, 'selection'>,
): Promise<SampleEvidence> {
  // Where nothing chose a scale by them, samples are as good as others.
  const isScaled = selection !== null;
  const onCalibrationData = isScaled && areSameSamples(evaluation, calibration);
  const trial = await inputTrial({
    float,
    engine,
    tasks: tasks.tasks,
    accuracy,
    inputs: evaluation.lint.inputs,
    calibrated: isScaled && !onCalibrationData ? calibration.lint.inputs : undefined,
    preprocessing: dataset.preprocessing,
    count: dataset.count,
    samples: () => dataset.samples(),
  });
  const told = { isFloatRight: isFloatRight(accuracy), evaluationNeeds: trial?.evaluationNeeds };
  const differences = isScaled ? advisedDifferences(calibration, evaluation, told) : [];
  return { onCalibrationData, trial, differences, otherScale: differences.find(({ isOtherScale }) => isOtherScale) };
}
