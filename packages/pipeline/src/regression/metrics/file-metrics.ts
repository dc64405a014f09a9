// What is written: each file, and the operators of the .tflite as they stand in it.
import { decode } from '@wherry/tflite-writer';
import type { Deployment } from '../../deployment.js';
import { rawGraphs } from '../../diff/raw-graph.js';
import { sha256 } from '../../inputs/read-model-file.js';
import { listFiles } from '../../output/output-mark.js';
import { exact, type Metric } from '../metric.js';
import { constantMetrics } from './graph-metrics.js';

/** It says what is held here piece by piece. */
const report = 'report.json';

export function fileMetrics(deployment: Deployment): readonly Metric[] {
  const files = listFiles(deployment.files).filter(({ name }) => name !== report);
  return [
    exact('bytes.operators', operatorVersions(deployment.tflite)),
    ...constantMetrics(deployment),
    exact('bytes.model', sha256(deployment.tflite)),
    ...files.map(({ name, bytes, sha256 }) => exact(`bytes.file.${name}`, `${bytes} bytes, SHA-256 ${sha256}`)),
  ];
}

/** In the order of first use. */
function operatorVersions(tflite: Uint8Array): string {
  const operators = rawGraphs(decode(tflite)).flatMap((graph) => graph.operators);
  return [...new Set(operators.map(({ kind, version }) => `${kind} v${version}`))].join(', ');
}
