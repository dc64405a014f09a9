// What the data of a run is worth for choosing scales: one verdict, what it is made of, and the warnings that go with it.
import type { Diagnostic } from '@wherry/graph';
import { measureSteadiness } from '@wherry/quantizer';
import { classOutput } from '../accuracy/class-reader.js';
import type { Made } from '../deployment.js';
import type { Prepared } from '../prepare.js';
import type { Saturation } from '../accuracy/saturation-trial.js';
import { evaluationSaturation, saturationWarnings, type EvaluationSaturation } from './evaluation-saturation.js';
import { classCover, coverWarnings, type ClassCover } from './class-cover.js';
import { scaleQuality, scaleWarnings, type ScaleQuality } from './scale-quality.js';

/** Null, in a report, where no scale was chosen by samples. */
export interface DataQuality {
  /** `sound`: nothing speaks against the scales that these samples gave. `unknown`: too few samples to tell. */
  readonly verdict: 'sound' | 'doubtful' | 'unknown';
  readonly scales: ScaleQuality;
  /** Null where no output tells classes apart. */
  readonly classes: ClassCover | null;
  /** On samples that chose no scale; null where there are none, or too few. */
  readonly saturation: EvaluationSaturation | null;
}

export interface JudgedQuality {
  readonly quality: DataQuality | undefined;
  readonly warnings: readonly Diagnostic[];
}

export interface QualityOptions {
  /** Of the range method of that name. */
  readonly percentile: number;
  /** Undefined where there were no other samples than those of calibration. */
  readonly saturation: Saturation | undefined;
  /** That the input is cut off on evaluation samples was said: it is the cause of what is cut off behind. */
  readonly isInputTold: boolean;
}

function verdictOf({ scales, classes, saturation }: Omit<DataQuality, 'verdict'>): DataQuality['verdict'] {
  const { missing, rare, alone } = classes ?? { missing: [], rare: [], alone: [] };
  const isUncovered = missing.length + rare.length + alone.length > 0;
  if (scales.verdict === 'would move' || isUncovered || saturation?.verdict === 'more') return 'doubtful';
  return scales.verdict === 'unknown' ? 'unknown' : 'sound';
}

/** Of the model as it is before its channels are evened out, by the method that was chosen. */
export function judgeDataQuality(
  { data, optimized, labels }: Prepared,
  { selection, graph }: Pick<Made, 'selection' | 'graph'>,
  { percentile, saturation, isInputTold }: QualityOptions,
): JudgedQuality {
  if (data === undefined || selection === null) return { quality: undefined, warnings: [] };
  const { calibration, parts, collected } = data;
  const { method, equalized, overrides } = selection.settings;
  const choice = { method, percentile, ...(equalized ? {} : { overrides }) };
  const steadiness = measureSteadiness(optimized, calibration, { choice, parts, collected });
  const scales = scaleQuality(steadiness, optimized);
  const output = classOutput(data.calibrationData.tasks);
  const names = labels ?? data.calibrationSeen.report.classes;
  const classes = output === undefined ? null : classCover(data, optimized, output, names);
  const cutOff = saturation === undefined ? null : evaluationSaturation(saturation, graph, calibration.samples);
  const warnings = [
    ...scaleWarnings(steadiness, scales, data.calibrationSeen.ids),
    ...(classes === null ? [] : coverWarnings(classes, calibration.samples)),
    ...(cutOff === null || isInputTold ? [] : saturationWarnings(cutOff, data.evaluationData.name)),
  ];
  const found = { scales, classes, saturation: cutOff };
  return { quality: { verdict: verdictOf(found), ...found }, warnings };
}
