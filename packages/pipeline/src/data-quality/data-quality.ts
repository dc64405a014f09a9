// What the data of a run is worth for choosing scales: one verdict, what it is made of, and the warnings that go with it.
import { takingMore, type InputSummary } from '@wherry/calibration-data';
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
  /** Codes of the warnings that make it doubtful: each says what to do. */
  readonly findings: readonly string[];
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
  /** What was seen of the inputs of the samples to evaluate. */
  readonly evaluated: readonly InputSummary[];
  /** What was told before. */
  readonly told: readonly Diagnostic[];
}

/** What is told elsewhere, and speaks against samples that scales are chosen by. */
const counting: ReadonlySet<string> = new Set([
  'DATA_FEW_SAMPLES',
  'DATA_CONSTANT_SAMPLES',
  'DATA_DUPLICATE_SAMPLES',
  'DATA_NEAR_DUPLICATES',
  'DATA_NOISE',
  'DATA_ONE_LABEL',
  'DATA_MIXED_SCALES',
  'DATA_FRACTIONAL',
  'CALIBRATION_ONE_SIDED',
  'EVALUATION_RANGE',
]);

/** Of evaluation samples no more counts than what they say of the others. */
function toldOfCalibration(ofSamples: readonly Diagnostic[], told: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...ofSamples, ...told.filter(({ code }) => !code.startsWith('DATA_'))].filter(({ code }) =>
    counting.has(code),
  );
}

function verdictOf(scales: ScaleQuality, findings: readonly string[]): DataQuality['verdict'] {
  if (findings.length > 0) return 'doubtful';
  return scales.verdict === 'unknown' ? 'unknown' : 'sound';
}

/** Of the model as it is before its channels are evened out, by the method that was chosen. */
export function judgeDataQuality(
  { data, optimized, labels }: Prepared,
  { selection, graph }: Pick<Made, 'selection' | 'graph'>,
  { percentile, saturation, evaluated, told }: QualityOptions,
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
  const cutOff =
    saturation === undefined ? null : evaluationSaturation(saturation, evaluated, graph, calibration.samples);
  // An input that is cut off on evaluation samples is the cause of what is cut off behind.
  const isInputTold = told.some(({ code }) => code === 'EVALUATION_RANGE');
  const ofSamples = data.calibrationSeen.report.lint.warnings;
  // Samples on another scale, few or many, are the cause of scales that would move and that hang on single classes.
  const isScaleTold = ofSamples.some(({ code }) => code === 'DATA_MIXED_SCALES');
  const more = takingMore(data.calibrationSeen.report);
  const warnings = [
    ...(isScaleTold ? [] : scaleWarnings(steadiness, scales, data.calibrationSeen.ids, more)),
    ...(classes === null
      ? []
      : coverWarnings(isScaleTold ? { ...classes, alone: [] } : classes, calibration.samples, more)),
    ...(cutOff === null || isInputTold ? [] : saturationWarnings(cutOff, data.evaluationData.name)),
  ];
  const before = toldOfCalibration(ofSamples, told);
  const findings = [...new Set([...before, ...warnings].map(({ code }) => code))];
  return { quality: { verdict: verdictOf(scales, findings), findings, scales, classes, saturation: cutOff }, warnings };
}
