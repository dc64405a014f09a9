// A run beside the baseline of its pair, as a page shows it: what this machine measures of it.
import { counted } from '@wherry/graph';
import type { Comparison, ComparisonRow } from '@wherry/report-page';
import { settingKeys } from '../config/deploy-config.js';
import type { DeploySettings } from '../config/deploy-settings.js';
import { runOfProject } from '../config/project.js';
import type { Deployment } from '../deployment.js';
import { baselineName, baselinePlace, readBaseline } from './baseline-folder.js';
import type { Metrics } from './baseline.js';
import { compareMetrics, isCost, isFailure, isLoss, type Difference } from './compare.js';
import { shareText, valueText } from './difference-text.js';
import { hostMetrics } from './metrics/host-metrics.js';
import type { Metric } from './metric.js';

/** What was said of the run: the project and the model in it as the command line has them, and its settings. */
export interface RunOfPair {
  readonly config?: string | undefined;
  readonly model?: string | undefined;
  readonly settings: DeploySettings;
}

/** Undefined for a model of no project. Throws what reading the project and its baseline throws. */
export async function besideBaseline(deployment: Deployment, run: RunOfPair): Promise<Comparison | undefined> {
  const found = await runOfProject(run.config, run.model);
  if (found === undefined) return undefined;
  const pair = { model: found.name, profile: deployment.target.profile.id };
  const held = (await readBaseline(baselinePlace(found.file), pair))?.host;
  if (held === undefined)
    return {
      baseline: baselineName(pair),
      words: ['The project has no baseline of this pair: `deploy test --update` writes one.'],
      rows: [],
    };
  // As the project would have them: what is of this run alone is no setting of the pair.
  const { profile: _profile, out: _out, ...settings } = run.settings as Readonly<Record<string, unknown>>;
  const own = Object.fromEntries(Object.entries(settings).filter(([key]) => settingKeys.includes(key)));
  return comparisonOf(baselineName(pair), held, await hostMetrics(deployment, own));
}

function comparisonOf(baseline: string, held: Metrics, now: readonly Metric[]): Comparison {
  const differences = compareMetrics(held, now);
  const moved = new Set(differences.map(({ metric }) => metric));
  const same = now.filter(({ key, value }) => !moved.has(key) && typeof value === 'number');
  const failed = differences.filter(isFailure).length;
  return {
    baseline,
    words: [
      differences.length === 0
        ? `All ${counted(now.length, 'metric')} that this machine measures are as the baseline has them.`
        : `${counted(differences.length, 'metric')} of ${now.length} moved${failed === 0 ? ', all for the better' : ''}; \`deploy test\` ${failed === 0 ? 'passes' : 'fails'}.`,
    ],
    rows: [...differences.map(rowOf), ...same.map(({ key, value }) => sameRow(key, valueText(value)))],
  };
}

function rowOf(difference: Difference): ComparisonRow {
  const { metric, move, baseline, now } = difference;
  const verdict = isLoss(difference) ? 'worse' : !isFailure(difference) || isCost(difference) ? 'better' : 'changed';
  return {
    metric,
    before: valueText(baseline),
    now: valueText(now),
    verdict,
    words: `${move}${shareText(baseline, now)}`,
  };
}

function sameRow(metric: string, value: string): ComparisonRow {
  return { metric, before: value, now: value, verdict: 'same', words: '' };
}
