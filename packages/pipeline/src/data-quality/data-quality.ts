// What the data of a run is worth for choosing scales: one verdict, what it is made of, and the warnings that go with it.
import type { Diagnostic } from '@wherry/graph';
import { measureSteadiness } from '@wherry/quantizer';
import { classOutput } from '../accuracy/class-reader.js';
import type { Made } from '../deployment.js';
import type { Prepared } from '../prepare.js';
import { classCover, coverWarnings, type ClassCover } from './class-cover.js';
import { scaleQuality, scaleWarnings, type ScaleQuality } from './scale-quality.js';

/** Null, in a report, where no scale was chosen by samples. */
export interface DataQuality {
  /** `sound`: nothing speaks against the scales that these samples gave. `unknown`: too few samples to tell. */
  readonly verdict: 'sound' | 'doubtful' | 'unknown';
  readonly scales: ScaleQuality;
  /** Null where no output tells classes apart. */
  readonly classes: ClassCover | null;
}

export interface JudgedQuality {
  readonly quality: DataQuality | undefined;
  readonly warnings: readonly Diagnostic[];
}

function verdictOf({ verdict }: ScaleQuality, classes: ClassCover | null): DataQuality['verdict'] {
  const { missing, rare, alone } = classes ?? { missing: [], rare: [], alone: [] };
  if (verdict === 'would move' || missing.length + rare.length + alone.length > 0) return 'doubtful';
  return verdict === 'unknown' ? 'unknown' : 'sound';
}

/** Of the model as it is before its channels are evened out, by the method that was chosen. */
export function judgeDataQuality(
  { data, optimized, labels }: Prepared,
  { selection }: Pick<Made, 'selection'>,
  percentile: number,
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
  const warnings = [
    ...scaleWarnings(steadiness, scales, data.calibrationSeen.ids),
    ...(classes === null ? [] : coverWarnings(classes, calibration.samples)),
  ];
  return { quality: { verdict: verdictOf(scales, classes), scales, classes }, warnings };
}
