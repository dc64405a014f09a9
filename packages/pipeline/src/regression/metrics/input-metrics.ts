// What goes in: where one of these moves, the baseline was made for something else.
import { parseDataSource } from '@wherry/calibration-data';
import type { DatasetReport, GivenData } from '../../inputs/datasets.js';
import type { DeploySettings } from '../../config/deploy-settings.js';
import type { Deployment } from '../../deployment.js';
import { profileFingerprint } from '../../tflite-file.js';
import { exact, type Metric, type MetricValue } from '../metric.js';
import { digestOf } from './graph-digest.js';

/** Paths: what lies there is held by its digest. */
const places: ReadonlySet<string> = new Set(['model', 'calibration', 'evaluation', 'profile', 'out']);

export function inputMetrics(deployment: Deployment, settings: DeploySettings): readonly Metric[] {
  const { toolVersion, engineName, modelFile, calibration, evaluation, target, request } = deployment;
  return [
    exact('input.tool', toolVersion),
    exact('input.engine', engineName),
    exact('input.model', modelFile.sha256),
    ...dataMetrics('input.calibration', calibration, request.calibration),
    ...dataMetrics('input.evaluation', evaluation, request.evaluation),
    exact('input.profile', profileFingerprint(target)),
    ...Object.entries<unknown>({ ...settings })
      .filter(([key, value]) => !places.has(key) && value !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, value]) =>
        exact(`input.settings.${key}`, typeof value === 'object' ? JSON.stringify(value) : (value as MetricValue)),
      ),
  ];
}

/** Of the files as they are, and of the samples that were taken out of them, with what was declared of them. */
function dataMetrics(
  key: Metric['key'],
  data: DatasetReport | undefined,
  given: GivenData | undefined,
): readonly Metric[] {
  if (data === undefined) return [exact(key, null)];
  const { sha256, samples, preprocessing, classes, lint } = data;
  return [
    exact(key, sha256),
    exact(`${key}.read`, readingOf(given)),
    exact(`${key}.samples`, samples),
    exact(`${key}.values`, digestOf(JSON.stringify([preprocessing, classes ?? null, lint.valuesSha256]))),
  ];
}

/** Format and options of `[FORMAT:]PATH?OPTIONS`: which column is the label, how long a window is. */
function readingOf(given: GivenData | undefined): string | null {
  if (typeof given !== 'string') return null;
  const { path: _, ...reading } = parseDataSource(given);
  return JSON.stringify(reading);
}
