// Everything that the whole chain comes to on this machine, in the order of the chain.
import type { DeploySettings } from '../../config/deploy-settings.js';
import type { Deployment } from '../../deployment.js';
import type { Metric } from '../metric.js';
import { fileMetrics } from './file-metrics.js';
import { importMetrics, planMetrics } from './graph-metrics.js';
import { inputMetrics } from './input-metrics.js';
import { memoryMetrics } from './memory-metrics.js';
import { numberMetrics } from './number-metrics.js';
import { truthMetrics } from './truth-metrics.js';
import { warningMetric } from './warning-metric.js';

/** `settings`: as the project has them. Throws what the data is refused for. */
export async function hostMetrics(deployment: Deployment, settings: DeploySettings): Promise<readonly Metric[]> {
  return [
    ...inputMetrics(deployment, settings),
    ...(await truthMetrics(deployment)),
    ...importMetrics(deployment),
    ...planMetrics(deployment),
    ...fileMetrics(deployment),
    ...(await numberMetrics(deployment)),
    warningMetric(deployment.warnings, new Set(deployment.quantized.graph.nodes.map(({ origin }) => origin))),
    ...memoryMetrics(deployment),
  ];
}
