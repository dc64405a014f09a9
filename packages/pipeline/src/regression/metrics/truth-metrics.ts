// What the outputs are judged by: the label or the target of each sample. Others of these make other figures of the same numbers.
import { createHash } from 'node:crypto';
import type { Deployment } from '../../deployment.js';
import { withRealInputs } from '../../diff/real-feeds.js';
import { dataSettings, openGraphData } from '../../inputs/datasets.js';
import { exact, type Metric } from '../metric.js';

/** Throws what the data is refused for. */
export async function truthMetrics({ request, optimized, evaluation }: Deployment): Promise<readonly Metric[]> {
  const data = request.evaluation ?? request.calibration;
  if (evaluation === undefined || data === undefined) return [];
  const { dataset } = await openGraphData(data, withRealInputs(optimized), dataSettings(request));
  const hash = createHash('sha256');
  let known = 0;
  for await (const { label, target, group } of dataset.samples()) {
    if (label !== undefined || target !== undefined) known++;
    hash.update(JSON.stringify([label ?? null, target === undefined ? null : Array.from(target), group ?? null]));
  }
  return [exact('input.evaluation.truths', known), exact('input.evaluation.truth', hash.digest('hex').slice(0, 16))];
}
